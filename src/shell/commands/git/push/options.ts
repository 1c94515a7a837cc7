/** What `git push` was asked for. */
import type { ExecResult } from "just-git";
import { parseOptions, type Options } from "../lib/options.ts";
import { die, stop } from "../lib/transcript.ts";

export interface Lease {
  readonly ref: string;
  /** Undefined: what the remote-tracking branch says. */
  readonly expected: string | undefined;
}

export interface PushOptions {
  readonly remote: string | null;
  readonly refspecs: readonly string[];
  readonly all: boolean;
  readonly mirror: boolean;
  readonly tags: boolean;
  readonly remove: boolean;
  readonly force: boolean;
  readonly leases: readonly Lease[];
  readonly leaseAll: boolean;
  readonly dryRun: boolean;
  readonly porcelain: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly setUpstream: boolean;
  readonly verify: boolean;
  readonly prune: boolean;
  readonly atomic: boolean;
  readonly followTags: boolean;
}

const SPEC = {
  verbose: { names: ["-v", "--verbose"] },
  quiet: { names: ["-q", "--quiet"] },
  repo: { names: ["--repo"], value: "required" },
  all: { names: ["--all"] },
  mirror: { names: ["--mirror"] },
  delete: { names: ["-d", "--delete"] },
  tags: { names: ["--tags"] },
  dryRun: { names: ["-n", "--dry-run"] },
  porcelain: { names: ["--porcelain"] },
  force: { names: ["-f", "--force"] },
  lease: { names: ["--force-with-lease"], value: "optional" },
  thin: { names: ["--thin"] },
  setUpstream: { names: ["-u", "--set-upstream"] },
  progress: { names: ["--progress"] },
  prune: { names: ["--prune"] },
  noVerify: { names: ["--no-verify"] },
  followTags: { names: ["--follow-tags"] },
  atomic: { names: ["--atomic"] },
  ipv4: { names: ["-4", "--ipv4"] },
  ipv6: { names: ["-6", "--ipv6"] },
} as const satisfies Options;

/** `--force-with-lease` may be given several times; each is kept in order, so that it is taken out first. */
export function pushOptions(args: readonly string[]): { readonly result: ExecResult } | PushOptions {
  const leaseWords = args.filter((arg) => /^--force-with-lease(=|$)/.test(arg));
  const others = args.filter((arg) => !leaseWords.includes(arg));
  const cancelled = args.includes("--no-force-with-lease");
  const parsed = parseOptions(
    others.filter((arg) => arg !== "--no-force-with-lease"),
    SPEC,
    { usage: USAGE },
  );
  if ("result" in parsed) return parsed;
  const { values, rest, counts } = parsed;
  const [remote, ...refspecs] = rest;
  if (values.delete && (values.all || values.mirror || values.tags))
    die("options '--delete' and '--all/--mirror/--tags' cannot be used together");
  if (values.delete && refspecs.length === 0) die("--delete doesn't make sense without any refs");
  if (values.tags && values.all) die("options '--all' and '--tags' cannot be used together");
  if (values.tags && values.mirror) die("options '--mirror' and '--tags' cannot be used together");
  if (values.all && values.mirror) die("options '--all' and '--mirror' cannot be used together");
  if (values.all && refspecs.length > 0) die("--all can't be combined with refspecs");
  if (values.mirror && refspecs.length > 0) die("--mirror can't be combined with refspecs");
  const leases = cancelled ? [] : leaseWords.flatMap(parseLease);
  return {
    remote: remote ?? values.repo ?? null,
    refspecs,
    all: values.all,
    mirror: values.mirror,
    tags: values.tags,
    remove: values.delete,
    force: values.force,
    leases,
    leaseAll: !cancelled && leaseWords.includes("--force-with-lease"),
    dryRun: values.dryRun,
    porcelain: values.porcelain,
    quiet: values.quiet,
    verbose: values.verbose,
    setUpstream: values.setUpstream,
    verify: (counts.noVerify ?? 0) <= 0,
    prune: values.prune,
    atomic: values.atomic,
    followTags: values.followTags,
  };
}

function parseLease(word: string): Lease[] {
  const equals = word.indexOf("=");
  if (equals < 0) return [];
  const text = word.slice(equals + 1);
  const colon = text.indexOf(":");
  if (colon < 0) return [{ ref: text, expected: undefined }];
  if (text === ":" || colon === 0)
    stop(`error: cannot parse expected object name '${text.slice(colon + 1)}'\n`, 129);
  return [{ ref: text.slice(0, colon), expected: text.slice(colon + 1) }];
}

const USAGE = `usage: git push [<options>] [<repository> [<refspec>...]]

    -v, --verbose         be more verbose
    -q, --quiet           be more quiet
    --repo <repository>   repository
    --all                 push all refs
    --mirror              mirror all refs
    -d, --delete          delete refs
    --tags                push tags (can't be used with --all or --mirror)
    -n, --dry-run         dry run
    --porcelain           machine-readable output
    -f, --force           force updates
    --force-with-lease[=<refname>:<expect>]
                          require old value of ref to be at this value
    --force-if-includes   require remote updates to be integrated locally
    --recurse-submodules (check|on-demand|no)
                          control recursive pushing of submodules
    --thin                use thin pack
    --receive-pack <receive-pack>
                          receive pack program
    --exec <receive-pack>
                          receive pack program
    -u, --set-upstream    set upstream for git pull/status
    --progress            force progress reporting
    --prune               prune locally removed refs
    --no-verify           bypass pre-push hook
    --follow-tags         push missing but relevant tags
    --signed[=(yes|no|if-asked)]
                          GPG sign the push
    --atomic              request atomic transaction on remote side
    -o, --push-option <server-specific>
                          option to transmit
    -4, --ipv4            use IPv4 addresses only
    -6, --ipv6            use IPv6 addresses only

`;
