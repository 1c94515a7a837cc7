import { useText } from "../text/context.ts";
import type { CommitDetail } from "../../worker/protocol.ts";

const KINDS: readonly (readonly [string, string])[] = [
  ["diff ", "file"],
  ["+++", "meta"],
  ["---", "meta"],
  ["index ", "meta"],
  ["@@", "hunk"],
  ["+", "add"],
  ["-", "del"],
];

function kindOf(line: string): string {
  return KINDS.find(([start]) => line.startsWith(start))?.[1] ?? "same";
}

/** A commit as `git show` has it. */
export function Patch({ detail }: { readonly detail: CommitDetail }) {
  const t = useText();
  return (
    <div
      class="patch"
      tabIndex={0}
      role="group"
      aria-label={t("Commit {id}, {subject}", { id: detail.id.slice(0, 7), subject: detail.subject })}
    >
      <p class="patch-head">
        <code>{detail.id}</code>
        <span>{detail.author}</span>
      </p>
      <pre class="patch-message">{detail.message}</pre>
      <pre class="patch-lines">
        {detail.patch.split("\n").map((line) => (
          <span data-kind={kindOf(line)}>{`${line}\n`}</span>
        ))}
      </pre>
    </div>
  );
}
