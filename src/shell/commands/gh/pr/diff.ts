/** `gh pr diff`. https://cli.github.com/manual/gh_pr_diff */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { findPull } from "../pulls.ts";
import { browse } from "../subject.ts";
import type { Colour } from "../table.ts";
import { harmless } from "../text.ts";

export const prDiff: GhCommand = {
  name: "diff",
  args: "[<number> | <url> | <branch>] [flags]",
  about: "View changes in a pull request",
  takes: [0, 1],
  flags: `    --color string   Use color in diff output: {always|never|auto} (default "auto")
    --name-only   Display only names of changed files
    --patch   Display diff in patch format
-w, --web   Open the pull request diff in the browser`,
  run: diff,
};

async function diff(call: GhCall): Promise<void> {
  const { flags } = call;
  const pull = await findPull(call);
  if (flags.on("web")) return browse(call, `${pull.html_url}/files`);
  const accept = flags.on("patch") ? "application/vnd.github.v3.patch" : "application/vnd.github.v3.diff";
  const client = await call.client();
  const response = await client.ok("GET", `${await call.at()}/pulls/${pull.number}`, {
    headers: [["Accept", accept]],
  });
  const text = await response.text();
  if (flags.on("name-only")) return call.out(changedNames(text));
  const when = flags.value("color") ?? "auto";
  const colour = when === "always" || (when === "auto" && call.screen.colour);
  call.out(call.screen.tty || colour ? decorated(harmless(text), colour) : text);
}

function changedNames(text: string): string {
  const names = [...text.matchAll(/^diff --git (?:"?a\/.*"?) ("?)b\/(.*?)\1$/gm)].map(
    (match) => match[2] as string,
  );
  return [...new Set(names)].map((name) => `${name}\n`).join("");
}

function decorated(text: string, on: boolean): string {
  if (!on) return text;
  const paint = (line: string): string => {
    const colour = colourOf(line);
    return colour === null ? line : `\u001b[${CODES[colour]}m${line}\u001b[m`;
  };
  return text.split("\n").map(paint).join("\n");
}

const CODES: Readonly<Partial<Record<Colour, string>>> = { bold: "1;38", green: "32", red: "31", cyan: "36" };

function colourOf(line: string): Colour | null {
  if (/^(?:diff|index|---|\+\+\+) /.test(line)) return "bold";
  if (line.startsWith("+")) return "green";
  if (line.startsWith("-")) return "red";
  return line.startsWith("@@") ? "cyan" : null;
}
