/** XML as the cloud's services write it: elements and texts. Attributes, comments and what is declared are passed over. */

export interface Element {
  readonly name: string;
  readonly children: readonly Element[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

const PIECE =
  /<!--[^]*?-->|<[?!][^>]*>|<\/([\w:.-]+)\s*>|<([\w:.-]+)(?:"[^"]*"|'[^']*'|[^"'>/]|\/(?!>))*(\/?)>|[^<]+/gy;

/** Null where it is no XML. */
export function parseXml(text: string): Element | null {
  const root: Open = { name: "", children: [], text: "" };
  const open: Open[] = [root];
  const source = text.trim();
  PIECE.lastIndex = 0;
  let end = 0;
  for (let piece = PIECE.exec(source); piece; piece = PIECE.exec(source)) {
    end = PIECE.lastIndex;
    const [whole, closed, opened, empty] = piece;
    const top = open.at(-1) as Open;
    if (opened !== undefined) {
      const element: Open = { name: opened, children: [], text: "" };
      top.children.push(element);
      if (empty === "") open.push(element);
    } else if (closed !== undefined) {
      if (top.name !== closed || open.length === 1) return null;
      open.pop();
    } else if (!whole.startsWith("<")) top.text += unescaped(whole);
  }
  return open.length === 1 && end === source.length ? (root.children[0] ?? null) : null;
}

export function child(element: Element | undefined | null, name: string): Element | undefined {
  return element?.children.find((it) => it.name === name);
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return NAMED[String(name).toLowerCase()] as string;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : String(whole);
    },
  );
}
