/** `git var`: https://git-scm.com/docs/git-var */
import type { GitCall, GitCommand } from "./call.ts";
import { loadConfig, type Config } from "./lib/config.ts";
import { gitEditor } from "./lib/editor.ts";
import { identity } from "./lib/identity.ts";
import { personText } from "./lib/objects.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import type { Repository } from "./lib/repository.ts";
import { run, stop } from "./lib/transcript.ts";

type Reader = (call: GitCall, config: Config, repo: Pick<Repository, "config">) => Promise<string> | string;

const VARIABLES: readonly (readonly [name: string, read: Reader])[] = [
  ["GIT_COMMITTER_IDENT", (call, config) => ident(call, config, "committer")],
  ["GIT_AUTHOR_IDENT", (call, config) => ident(call, config, "author")],
  ["GIT_EDITOR", (call, _, repo) => gitEditor(call, repo as Repository)],
  [
    "GIT_PAGER",
    (call, config) =>
      call.env.get("GIT_PAGER") ?? config.get("core.pager") ?? call.env.get("PAGER") ?? "pager",
  ],
  ["GIT_DEFAULT_BRANCH", (_, config) => config.get("init.defaultBranch") ?? "master"],
];

export const variable: GitCommand = (call) =>
  run(async (t) => {
    const [name, ...more] = call.args;
    if (name === undefined || more.length > 0 || name === "-h") stop(PLUMBING_USAGE.var, 129);
    const found = await call.repository();
    const config = await loadConfig(call, found?.gitDir ?? null);
    const repo = { config };
    if (name === "-l") {
      for (const { key, value } of config.entries) t.out(value === null ? `${key}\n` : `${key}=${value}\n`);
      for (const [label, read] of VARIABLES) t.out(`${label}=${await read(call, config, repo)}\n`);
      return;
    }
    const entry = VARIABLES.find(([label]) => label === name);
    if (!entry) stop(PLUMBING_USAGE.var, 129);
    t.out(`${await entry[1](call, config, repo)}\n`);
  });

function ident(call: GitCall, config: Config, who: "author" | "committer"): string {
  const result = identity(call, config, who);
  return "person" in result ? personText(result.person) : stop(result.error, 128);
}
