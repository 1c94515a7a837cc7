/**
 * The Markdown of labs as Preact nodes: paragraphs, headings, lists, fences, code, strong, emphasis and links. HTML in
 * it stays text, so that a lab from elsewhere is safe to show.
 */
import type { ComponentChildren, VNode } from "preact";

const INLINE = /(`+)(.+?)\1|\*\*(.+?)\*\*|\*(.+?)\*|\[([^\]]+)\]\(([^)\s]+)\)/;

function safeHref(href: string): string | undefined {
  return /^(https?:\/\/|\/|#|\.\/)/.test(href) ? href : undefined;
}

/** A short command keeps to one line; a longer one may not fit there. */
function staysWhole(code: string): string | undefined {
  return code.length <= 20 && /[ -]/.test(code) ? "whole" : undefined;
}

/** A long command breaks between words, and behind the hyphens of one that is longer than the line only. */
function words(code: string): ComponentChildren {
  if (code.length <= 20 || !code.includes(" ")) return code;
  return code.split(/( )/).map((word) => (word.includes("-") ? <span class="word">{word}</span> : word));
}

function inlineNode(match: RegExpExecArray): ComponentChildren {
  const [, , code, strong, em, label, href] = match;
  if (code !== undefined) return <code class={staysWhole(code.trim())}>{words(code.trim())}</code>;
  if (strong !== undefined) return <strong>{inline(strong)}</strong>;
  if (em !== undefined) return <em>{inline(em)}</em>;
  return <a href={safeHref(href ?? "")}>{inline(label ?? "")}</a>;
}

export function inline(text: string): ComponentChildren[] {
  const out: ComponentChildren[] = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    out.push(rest.slice(0, match.index), inlineNode(match));
    rest = rest.slice(match.index + match[0].length);
  }
  out.push(rest);
  return out.filter((node) => node !== "");
}

function list(lines: readonly string[], marker: RegExp): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (marker.test(line)) items.push(line.replace(marker, ""));
    else if (items.length > 0) items[items.length - 1] += ` ${line.trim()}`;
  }
  return items;
}

const BULLET = /^\s*[-*]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;
const FENCE = /^(\s*)```/;
const HEADING = /^(#{1,4})\s+(.*)$/;

function heading(level: number, text: string): VNode {
  const Tag = `h${Math.min(6, level)}` as "h2";
  return <Tag>{inline(text)}</Tag>;
}

function block(lines: readonly string[], top: number): VNode {
  const first = lines[0] ?? "";
  const head = HEADING.exec(first);
  if (head) return heading((head[1] ?? "").length + top - 1, head[2] ?? "");
  if (BULLET.test(first)) {
    return (
      <ul>
        {list(lines, BULLET).map((item) => (
          <li>{inline(item)}</li>
        ))}
      </ul>
    );
  }
  if (NUMBER.test(first)) {
    const start = parseInt(first);
    return (
      <ol start={start === 1 ? undefined : start}>
        {list(lines, NUMBER).map((item) => (
          <li>{inline(item)}</li>
        ))}
      </ol>
    );
  }
  return <p>{inline(lines.join(" "))}</p>;
}

/**
 * Blocks are parted by empty lines; a fence keeps its lines as they are, but for the indent that it stands at; a
 * heading ends with its line.
 */
function blocks(text: string): (readonly string[] | string)[] {
  const out: (string[] | string)[] = [];
  let fence: string[] | null = null;
  let indent = 0;
  let open: string[] = [];
  const flush = () => {
    if (open.length > 0) out.push(open);
    open = [];
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined) {
      indent = mark.length;
      flush();
      if (fence) out.push(fence.join("\n"));
      fence = fence ? null : [];
    } else if (fence) fence.push(line.slice(Math.min(indent, line.search(/\S|$/))));
    else if (line.trim() === "") flush();
    else {
      open.push(line);
      if (HEADING.test(line)) flush();
    }
  }
  flush();
  if (fence) out.push(fence.join("\n"));
  return out;
}

/** `top` is the level of a `#` heading. */
export function Markdown({ text, top = 2 }: { readonly text: string; readonly top?: number }) {
  return (
    <>
      {blocks(text).map((part) =>
        typeof part === "string" ? (
          <pre tabIndex={0}>
            <code>{part}</code>
          </pre>
        ) : (
          block(part, top)
        ),
      )}
    </>
  );
}
