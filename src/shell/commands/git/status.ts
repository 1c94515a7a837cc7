/** https://git-scm.com/docs/git-status */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import type { Config } from "./lib/config.ts";
import { USAGE } from "./lib/firstUsage.ts";
import { parseOptions } from "./lib/options.ts";
import { parsePathspec } from "./lib/pathspec.ts";
import { openWorkTree } from "./lib/repository.ts";
import { statusData } from "./lib/statusData.ts";
import { readOperation } from "./lib/statusState.ts";
import { statusText } from "./lib/statusText.ts";
import { die, run } from "./lib/transcript.ts";

const OPTIONS = {
  verbose: { names: ["-v", "--verbose"] },
  short: { names: ["-s", "--short"] },
  long: { names: ["--long"] },
  branch: { names: ["-b", "--branch"] },
  showStash: { names: ["--show-stash"] },
  aheadBehind: { names: ["--ahead-behind"] },
  porcelain: { names: ["--porcelain"], value: "optional" },
  zero: { names: ["-z", "--null"] },
  untracked: { names: ["-u", "--untracked-files"], value: "optional" },
  ignored: { names: ["--ignored"], value: "optional" },
  ignoreSubmodules: { names: ["--ignore-submodules"], value: "optional" },
  column: { names: ["--column"], value: "optional" },
  renames: { names: ["--renames"] },
  findRenames: { names: ["-M", "--find-renames"], value: "optional" },
} as const;

type Mode = "no" | "normal" | "all";

function untrackedMode(given: string | undefined, config: Config): Mode {
  const text = given === "" ? "all" : (given ?? config.get("status.showUntrackedFiles") ?? "normal");
  if (text === "no" || text === "normal" || text === "all") return text;
  return die(`Invalid untracked files mode '${text}'`);
}

export function status(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE.status });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, counts, rest } = parsed;
    const repo = await openWorkTree(call);
    const { config } = repo;
    const porcelain = values.porcelain === undefined ? null : porcelainVersion(values.porcelain);
    const short =
      values.short ||
      porcelain === 1 ||
      (values.zero && porcelain === null) ||
      (config.bool("status.short") === true && !values.long && porcelain === null);
    const branch =
      values.branch || (config.bool("status.branch") === true && porcelain === null && counts.branch !== -1);
    const untracked = untrackedMode(values.untracked, config);
    const ignored = values.ignored === undefined ? "no" : ignoredMode(values.ignored);
    const renames =
      counts.renames !== -1 && (config.get("status.renames") ?? config.get("diff.renames")) !== "false";
    const data = await statusData(call, repo, {
      untracked,
      ignored,
      renames,
      ...(rest.length > 0 ? { paths: parsePathspec(rest, repo.prefix) } : {}),
    });
    const prefix =
      porcelain !== null || values.zero || config.bool("status.relativePaths") === false ? "" : repo.prefix;
    const style = {
      branch,
      zero: values.zero,
      ignored: ignored !== "no",
      prefix,
      aheadBehind: counts.aheadBehind !== -1,
    };
    if (porcelain === 2 || short) {
      const { porcelain2Text, shortText } = await import("./lib/statusShort.ts");
      t.out(await (porcelain === 2 ? porcelain2Text : shortText)(repo, data, style));
    } else {
      const hints = config.bool("advice.statusHints") !== false;
      t.out(
        await statusText(repo, data, await readOperation(repo), {
          hints,
          untracked,
          ignored: ignored !== "no",
          prefix,
        }),
      );
      if (values.verbose && data.staged.length > 0) t.out((await call.git("diff", ["--cached"])).stdout);
    }
    return 0;
  });
}

function porcelainVersion(text: string): 1 | 2 {
  if (text === "" || text === "1" || text === "v1") return 1;
  if (text === "2" || text === "v2") return 2;
  return die(`unsupported porcelain version '${text}'`);
}

function ignoredMode(text: string): "no" | "traditional" | "matching" {
  if (text === "" || text === "traditional") return "traditional";
  if (text === "no" || text === "matching") return text;
  return die(`Invalid ignored mode '${text}'`);
}
