/** `git remote`: https://git-scm.com/docs/git-remote */
import type { GitCommand } from "./call.ts";
import { setConfig } from "./lib/config.ts";
import { usageError, type Options } from "./lib/options.ts";
import { isRefName, writeSymbolicRef } from "./lib/refs.ts";
import { openRepository } from "./lib/repository.ts";
import { die, run, stop } from "./lib/transcript.ts";
import { remoteNames } from "./lib/transport/remotes.ts";
import { editConfig } from "./lib/transport/upstream.ts";
import { listRemotes } from "./remote/list.ts";
import { operands, type Place, type Verb } from "./remote/place.ts";

export const remote: GitCommand = (call) =>
  run(async (t) => {
    const place: Place = { call, repo: await openRepository(call), t };
    const verbose = call.args[0] === "-v" || call.args[0] === "--verbose";
    const [name, ...args] = verbose ? call.args.slice(1) : call.args;
    if (name === undefined) return listRemotes(place, verbose);
    if (name === "-h" || name === "--help")
      return t.add({ stdout: USAGE, stderr: "", exitCode: 129 }).exitCode;
    if (name.startsWith("-")) {
      const message = name.startsWith("--")
        ? `unknown option \`${name.slice(2)}'`
        : `unknown switch \`${name.charAt(1)}'`;
      return t.add(usageError(message, USAGE)).exitCode;
    }
    const load = VERBS.get(name);
    if (!load) return t.add(usageError(`unknown subcommand: \`${name}'`, USAGE)).exitCode;
    return (await load())(place, args);
  });

const ADD = {
  fetch: { names: ["-f", "--fetch"] },
  tags: { names: ["--tags"] },
  track: { names: ["-t", "--track"], value: "list" },
  master: { names: ["-m", "--master"], value: "required" },
  mirror: { names: ["--mirror"], value: "optional" },
} as const satisfies Options;

const add: Verb = async (place, args) => {
  const { call, repo, t } = place;
  const parsed = operands(place, args, ADD, ADD_USAGE, 2, 2);
  if (typeof parsed === "number") return parsed;
  const { values, counts } = parsed;
  const [name, url] = parsed.rest as [string, string];
  if (remoteNames(repo.config).includes(name)) stop(`error: remote ${name} already exists.\n`, 3);
  if (!isRefName(`refs/remotes/${name}/test`)) die(`'${name}' is not a valid remote name`);
  await editConfig(call, repo, (text) => {
    let next = setConfig(text, `remote.${name}.url`, url);
    if (values.mirror === undefined || values.mirror !== "push") {
      const specs = values.track.length > 0 ? values.track : ["*"];
      for (const branch of specs)
        next = setConfig(next, `remote.${name}.fetch`, fetchSpec(name, branch, values.mirror), { add: true });
    }
    if (values.mirror === "push" || values.mirror === "")
      next = setConfig(next, `remote.${name}.mirror`, "true");
    if (counts.tags !== undefined)
      next = setConfig(next, `remote.${name}.tagOpt`, values.tags ? "--tags" : "--no-tags");
    return next;
  });
  if (values.fetch) {
    t.out(`Updating ${name}\n`);
    if (t.add(await call.git("fetch", [name])).exitCode !== 0) stop(`error: Could not fetch ${name}\n`, 1);
  }
  if (values.master !== undefined)
    await writeSymbolicRef(repo, `refs/remotes/${name}/HEAD`, `refs/remotes/${name}/${values.master}`);
  return 0;
};

function fetchSpec(remoteName: string, branch: string, mirror: string | undefined): string {
  return mirror === undefined
    ? `+refs/heads/${branch}:refs/remotes/${remoteName}/${branch}`
    : "+refs/*:refs/*";
}

const changeOf = () => import("./remote/change.ts");
const showOf = () => import("./remote/show.ts");

/** Labs begin with `add`; what the others need loads when one of them is called. */
const VERBS: ReadonlyMap<string, () => Promise<Verb>> = new Map([
  ["add", async () => add],
  ["remove", async () => (await changeOf()).remove],
  ["rm", async () => (await changeOf()).remove],
  ["rename", async () => (await changeOf()).rename],
  ["get-url", async () => (await changeOf()).getUrl],
  ["set-url", async () => (await changeOf()).setUrl],
  ["prune", async () => (await showOf()).prune],
  ["show", async () => (await showOf()).show],
]);

const ADD_USAGE = `usage: git remote add [<options>] <name> <url>

    -f, --fetch           fetch the remote branches
    --tags                import all tags and associated objects when fetching
                          or do not fetch any tag at all (--no-tags)
    -t, --track <branch>  branch(es) to track
    -m, --master <branch>
                          master branch
    --mirror[=(push|fetch)]
                          set up remote as a mirror to push to or fetch from

`;

const USAGE = `usage: git remote [-v | --verbose]
   or: git remote add [-t <branch>] [-m <master>] [-f] [--tags | --no-tags] [--mirror=<fetch|push>] <name> <url>
   or: git remote rename [--[no-]progress] <old> <new>
   or: git remote remove <name>
   or: git remote set-head <name> (-a | --auto | -d | --delete | <branch>)
   or: git remote [-v | --verbose] show [-n] <name>
   or: git remote prune [-n | --dry-run] <name>
   or: git remote [-v | --verbose] update [-p | --prune] [(<group> | <remote>)...]
   or: git remote set-branches [--add] <name> <branch>...
   or: git remote get-url [--push] [--all] <name>
   or: git remote set-url [--push] <name> <newurl> [<oldurl>]
   or: git remote set-url --add <name> <newurl>
   or: git remote set-url --delete <name> <url>

    -v, --verbose         be verbose; must be placed before a subcommand

`;
