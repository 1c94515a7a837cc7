/** Options of `git commit`: https://git-scm.com/docs/git-commit#_options */
import type { ExecResult } from "just-git";
import { fatal } from "../call.ts";
import type { Cleanup } from "../lib/message.ts";
import { parseOptions } from "../lib/options.ts";
import { USAGE } from "../lib/firstUsage.ts";

export interface CommitOptions {
  readonly messages: readonly string[];
  /** -F */
  readonly file: string | undefined;
  /** -C or -c */
  readonly reuse: string | undefined;
  readonly reedit: boolean;
  readonly amend: boolean;
  /** --edit, --no-edit; undefined where neither was given. */
  readonly edit: boolean | undefined;
  readonly all: boolean;
  readonly patch: boolean;
  readonly include: boolean;
  readonly only: boolean;
  readonly author: string | undefined;
  readonly date: string | undefined;
  readonly noVerify: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly fixup: { readonly kind: "fixup" | "amend" | "reword"; readonly commit: string } | undefined;
  readonly squash: string | undefined;
  readonly allowEmpty: boolean;
  readonly allowEmptyMessage: boolean;
  readonly signoff: boolean;
  readonly resetAuthor: boolean;
  readonly dryRun: boolean;
  readonly sign: boolean;
  readonly cleanup: Cleanup | undefined;
  readonly template: string | undefined;
  readonly trailers: readonly string[];
  readonly paths: readonly string[];
}

const SPEC = {
  quiet: { names: ["-q", "--quiet"] },
  verbose: { names: ["-v", "--verbose"] },
  file: { names: ["-F", "--file"], value: "required" },
  author: { names: ["--author"], value: "required" },
  date: { names: ["--date"], value: "required" },
  message: { names: ["-m", "--message"], value: "list" },
  reedit: { names: ["-c", "--reedit-message"], value: "required" },
  reuse: { names: ["-C", "--reuse-message"], value: "required" },
  fixup: { names: ["--fixup"], value: "required" },
  squash: { names: ["--squash"], value: "required" },
  resetAuthor: { names: ["--reset-author"] },
  trailer: { names: ["--trailer"], value: "list" },
  signoff: { names: ["-s", "--signoff"] },
  template: { names: ["-t", "--template"], value: "required" },
  edit: { names: ["-e", "--edit"] },
  cleanup: { names: ["--cleanup"], value: "required" },
  status: { names: ["--status"] },
  sign: { names: ["-S", "--gpg-sign"], value: "optional" },
  all: { names: ["-a", "--all"] },
  include: { names: ["-i", "--include"] },
  interactive: { names: ["--interactive"] },
  patch: { names: ["-p", "--patch"] },
  only: { names: ["-o", "--only"] },
  noVerify: { names: ["-n", "--no-verify"] },
  dryRun: { names: ["--dry-run"] },
  amend: { names: ["--amend"] },
  noPostRewrite: { names: ["--no-post-rewrite"] },
  untracked: { names: ["-u", "--untracked-files"], value: "optional" },
  allowEmpty: { names: ["--allow-empty"] },
  allowEmptyMessage: { names: ["--allow-empty-message"] },
} as const;

const CLEANUPS: readonly string[] = ["strip", "whitespace", "verbatim", "scissors", "default"];

export function commitOptions(
  args: readonly string[],
): { readonly options: CommitOptions } | { readonly result: ExecResult } {
  const parsed = parseOptions(args, SPEC, { usage: USAGE.commit });
  if ("result" in parsed) return parsed;
  const { values, counts } = parsed;
  const options: CommitOptions = {
    messages: values.message,
    file: values.file,
    reuse: values.reedit ?? values.reuse,
    reedit: values.reedit !== undefined,
    amend: values.amend,
    edit: counts.edit === undefined ? undefined : values.edit,
    all: values.all,
    patch: values.patch || values.interactive,
    include: values.include,
    only: values.only,
    author: values.author,
    date: values.date,
    noVerify: values.noVerify,
    quiet: values.quiet,
    verbose: values.verbose,
    fixup: values.fixup === undefined ? undefined : fixupOf(values.fixup),
    squash: values.squash,
    allowEmpty: values.allowEmpty,
    allowEmptyMessage: values.allowEmptyMessage,
    signoff: values.signoff,
    resetAuthor: values.resetAuthor,
    dryRun: values.dryRun,
    sign: values.sign !== undefined,
    cleanup: values.cleanup as Cleanup | undefined,
    template: values.template,
    trailers: values.trailer,
    paths: parsed.rest,
  };
  const problem = conflict(options);
  return problem ? { result: problem } : { options };
}

function fixupOf(text: string): NonNullable<CommitOptions["fixup"]> {
  const match = /^(amend|reword):(.*)$/.exec(text);
  return match
    ? { kind: match[1] as "amend" | "reword", commit: match[2] as string }
    : { kind: "fixup", commit: text };
}

function conflict(o: CommitOptions): ExecResult | null {
  if (o.cleanup !== undefined && !CLEANUPS.includes(o.cleanup))
    return fatal(`Invalid cleanup mode ${o.cleanup as string}`);
  const sources = [
    o.reuse !== undefined && !o.reedit && "-C",
    o.reedit && "-c",
    o.file !== undefined && "-F",
    o.fixup !== undefined && "--fixup",
    o.squash !== undefined && o.fixup !== undefined && "--squash",
  ].filter((name) => name !== false);
  if (sources.length > 1) return fatal(together(sources));
  if (o.messages.length > 0 && o.file !== undefined)
    return fatal("options '-m' and '-F' cannot be used together");
  if (o.messages.length > 0 && o.fixup && o.fixup.kind !== "fixup")
    return fatal(`options '-m' and '--fixup:${o.fixup.kind}' cannot be used together`);
  if (o.messages.length > 0 && o.reuse !== undefined)
    return fatal(`options '-m' and '${o.reedit ? "-c" : "-C"}' cannot be used together`);
  if (o.resetAuthor && o.author !== undefined)
    return fatal("options '--reset-author' and '--author' cannot be used together");
  if (o.all && o.paths.length > 0) return fatal(`paths '${o.paths[0]} ...' with -a does not make sense`);
  if (o.include && o.only) return fatal("options '-i/--include' and '-o/--only' cannot be used together");
  if (o.include && o.paths.length === 0) return fatal("No paths with --include/--only does not make sense.");
  if (o.only && o.paths.length === 0 && !o.amend)
    return fatal("No paths with --include/--only does not make sense.");
  return null;
}

function together(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() as string;
  return `options ${quoted.join(", ")} and ${last} cannot be used together`;
}
