/** `git ls-remote`: https://git-scm.com/docs/git-ls-remote */
import type { GitCommand } from "./call.ts";
import { loadConfig } from "./lib/config.ts";
import { parseOptions, type Options } from "./lib/options.ts";
import { readHead } from "./lib/refs.ts";
import { die, run } from "./lib/transcript.ts";
import type { Advertisement } from "./lib/transport/connection.ts";
import { connect, defaultRemote, remoteOf, shownUrl } from "./lib/transport/remotes.ts";
import { wildmatch } from "./lib/wildmatch.ts";

const SPEC = {
  quiet: { names: ["-q", "--quiet"] },
  tags: { names: ["-t", "--tags"] },
  heads: { names: ["-h", "--heads"] },
  refs: { names: ["--refs"] },
  getUrl: { names: ["--get-url"] },
  exitCode: { names: ["--exit-code"] },
  symref: { names: ["--symref"] },
  sort: { names: ["--sort"], value: "required" },
} as const satisfies Options;

interface Listed {
  readonly name: string;
  readonly id: string;
  readonly target?: string | null;
}

export const lsRemote: GitCommand = (call) =>
  run(async (t) => {
    const parsed = parseOptions(call.args, SPEC, { usage: USAGE, stopAtOperand: true });
    if ("result" in parsed) return t.add(parsed.result).exitCode;
    const { values, rest } = parsed;
    const repo = await call.repository();
    const config = await loadConfig(call, repo?.gitDir ?? null);
    const [name, ...patterns] = rest;
    const remote = remoteOf(config, name ?? defaultRemote(config, repo && (await readHead(repo))));
    if (name === "") die("bad repository ''");
    if (name === undefined && !remote.configured) die("No remote configured to list refs from.");
    const url = remote.urls[0] as string;
    if (values.getUrl) return t.out(`${url}\n`);
    const { advertisement } = await connect(call, url, "git-upload-pack");
    if (name === undefined && !values.quiet) t.err(`From ${shownUrl(url)}\n`);
    const listed = listRefs(advertisement, values.refs).filter((ref) => {
      if (values.heads || values.tags) {
        const wanted =
          (values.heads && ref.name.startsWith("refs/heads/")) ||
          (values.tags && ref.name.startsWith("refs/tags/"));
        if (!wanted) return false;
      }
      return patterns.length === 0 || patterns.some((pattern) => tailMatch(pattern, ref.name));
    });
    for (const ref of sorted(listed, values.sort)) {
      if (values.symref && ref.target) t.out(`ref: ${ref.target}\t${ref.name}\n`);
      t.out(`${ref.id}\t${ref.name}\n`);
    }
    return values.exitCode && listed.length === 0 ? 2 : 0;
  });

function listRefs({ head, refs, peeled }: Advertisement, plain: boolean): Listed[] {
  const listed: Listed[] = head?.id && !plain ? [{ name: "HEAD", id: head.id, target: head.target }] : [];
  for (const ref of refs) {
    listed.push(ref);
    const target = peeled.get(ref.name);
    if (target !== undefined && !plain) listed.push({ name: `${ref.name}^{}`, id: target });
  }
  return listed;
}

/** A pattern matches whole trailing components. */
function tailMatch(pattern: string, name: string): boolean {
  return wildmatch(`*/${pattern}`, `/${name}`);
}

function sorted(refs: readonly Listed[], key: string | undefined): readonly Listed[] {
  if (key === undefined) return refs;
  const [descending, field] = key.startsWith("-") ? [true, key.slice(1)] : [false, key];
  const value = (ref: Listed): string => (field === "objectname" ? ref.id : versionKey(field, ref.name));
  const order = refs.toSorted((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0));
  return descending ? order.reverse() : order;
}

function versionKey(field: string | undefined, name: string): string {
  return field?.startsWith("v") ? name.replace(/\d+/g, (digits) => digits.padStart(12, "0")) : name;
}

const USAGE = `usage: git ls-remote [--heads] [--tags] [--refs] [--upload-pack=<exec>]
                     [-q | --quiet] [--exit-code] [--get-url] [--sort=<key>]
                     [--symref] [<repository> [<refs>...]]

    -q, --quiet           do not print remote URL
    --upload-pack <exec>  path of git-upload-pack on the remote host
    -t, --tags            limit to tags
    -h, --heads           limit to heads
    --refs                do not show peeled tags
    --get-url             take url.<base>.insteadOf into account
    --sort <key>          field name to sort on
    --exit-code           exit with exit code 2 if no matching refs are found
    --symref              show underlying ref in addition to the object pointed by it
    -o, --server-option <server-specific>
                          option to transmit

`;
