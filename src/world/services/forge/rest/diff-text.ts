/** Diffs as text: the media type `application/vnd.github.diff`. https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types */
import type { FileChange } from "../git/diff.ts";

export function wantsDiff(accept: string): boolean {
  return /vnd\.github(?:\.v3)?\.(?:diff|patch)/.test(accept);
}

export function diffResponse(changes: readonly FileChange[]): Response {
  const headers = { "Content-Type": "application/vnd.github.diff; charset=utf-8" };
  return new Response(diffText(changes), { headers });
}

/** As `git diff` prints it. */
export function diffText(changes: readonly FileChange[]): string {
  return changes.map(fileText).join("");
}

function fileText({ path, previousPath, before, after, patch }: FileChange): string {
  const from = previousPath ?? path;
  const ids = `${short(before?.id)}..${short(after?.id)}`;
  const mode = before && after && before.mode === after.mode ? ` ${after.mode}` : "";
  const head = [
    `diff --git a/${from} b/${path}`,
    ...(before ? [] : [`new file mode ${after?.mode}`]),
    ...(after ? [] : [`deleted file mode ${before?.mode}`]),
    ...(before && after && before.mode !== after.mode
      ? [`old mode ${before.mode}`, `new mode ${after.mode}`]
      : []),
    ...(previousPath === null ? [] : ["similarity index 100%", `rename from ${from}`, `rename to ${path}`]),
    ...(before?.id === after?.id ? [] : [`index ${ids}${mode}`]),
  ];
  const body =
    patch === null
      ? []
      : [`--- ${before ? `a/${from}` : "/dev/null"}`, `+++ ${after ? `b/${path}` : "/dev/null"}`, patch];
  return `${[...head, ...body].join("\n")}\n`;
}

function short(id: string | undefined): string {
  return (id ?? "0".repeat(40)).slice(0, 7);
}
