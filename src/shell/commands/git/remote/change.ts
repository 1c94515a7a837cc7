/** `git remote remove`, `rename`, `get-url` and `set-url`. */
import { removeSection, renameSection, setConfig, unsetConfig } from "../lib/config.ts";
import { logIdentity } from "../lib/identity.ts";
import type { Options } from "../lib/options.ts";
import {
  deleteRef,
  deleteReflog,
  isRefName,
  listRefs,
  readReflog,
  symbolicTarget,
  writeRef,
  writeReflog,
  writeSymbolicRef,
} from "../lib/refs.ts";
import { die, stop } from "../lib/transcript.ts";
import { unmapRef } from "../lib/transport/refspec.ts";
import { remoteNames, remoteOf, type Remote } from "../lib/transport/remotes.ts";
import { editConfig } from "../lib/transport/upstream.ts";
import { branchesOf, known, operands, type Verb } from "./place.ts";

export const remove: Verb = async (place, args) => {
  const { call, repo, t } = place;
  const parsed = operands(place, args, {}, REMOVE_USAGE, 1, 1);
  if (typeof parsed === "number") return parsed;
  const name = parsed.rest[0] as string;
  known(repo, name);
  const skipped: string[] = [];
  const own = remoteOf(repo.config, name);
  const others = remoteNames(repo.config)
    .filter((other) => other !== name)
    .map((other) => remoteOf(repo.config, other));
  for (const ref of await listRefs(repo)) {
    // What another remote fills too stays.
    if (!fills(own, ref.name) || others.some((other) => fills(other, ref.name))) continue;
    if (ref.name.startsWith("refs/heads/")) skipped.push(ref.name.slice(11));
    else if (ref.name.startsWith("refs/remotes/")) await deleteRef(repo, ref.name);
  }
  await editConfig(call, repo, (text) => {
    let next = removeSection(text, `remote.${name}`) ?? text;
    for (const branch of branchesOf(repo.config, name)) {
      next = unsetConfig(unsetConfig(next, `branch.${branch}.remote`), `branch.${branch}.merge`);
    }
    return next;
  });
  const head = `refs/remotes/${name}/HEAD`;
  if ((await symbolicTarget(repo, head)) && !others.some((other) => fills(other, head)))
    await deleteRef(repo, head);
  if (skipped.length > 0) {
    const one = "Note: A branch outside the refs/remotes/ hierarchy was not removed;\nto delete it, use:";
    const many =
      "Note: Some branches outside the refs/remotes/ hierarchy were not removed;\nto delete them, use:";
    t.err(
      `${skipped.length === 1 ? one : many}\n${skipped.map((branch) => `  git branch -d ${branch}\n`).join("")}`,
    );
  }
  return 0;
};

/** Whether a fetch from the remote would write the ref. */
function fills(it: Remote, ref: string): boolean {
  return it.fetch.some((spec) => unmapRef(spec, ref) !== null);
}

export const rename: Verb = async (place, args) => {
  const { call, repo } = place;
  const parsed = operands(place, args, { progress: { names: ["--progress"] } }, RENAME_USAGE, 2, 2);
  if (typeof parsed === "number") return parsed;
  const [from, to] = parsed.rest as [string, string];
  known(repo, from);
  if (from === to) return 0;
  if (remoteNames(repo.config).includes(to)) stop(`error: remote ${to} already exists.\n`, 3);
  if (!isRefName(`refs/remotes/${to}/test`)) die(`'${to}' is not a valid remote name`);
  const old = remoteOf(repo.config, from);
  await editConfig(call, repo, (text) => {
    let next = renameSection(text, `remote.${from}`, `remote.${to}`) ?? text;
    next = unsetConfig(next, `remote.${to}.fetch`);
    for (const { text: spec } of old.fetch) {
      next = setConfig(
        next,
        `remote.${to}.fetch`,
        spec.replace(`:refs/remotes/${from}/`, `:refs/remotes/${to}/`),
        { add: true },
      );
    }
    for (const branch of branchesOf(repo.config, from)) next = setConfig(next, `branch.${branch}.remote`, to);
    return next;
  });
  const person = logIdentity(call, repo.config);
  for (const ref of await listRefs(repo, `refs/remotes/${from}/`)) {
    const name = ref.name.replace(`refs/remotes/${from}/`, `refs/remotes/${to}/`);
    if (ref.target !== undefined) {
      await deleteRef(repo, ref.name);
      await writeSymbolicRef(repo, name, ref.target.replace(`refs/remotes/${from}/`, `refs/remotes/${to}/`));
      continue;
    }
    const log = await readReflog(repo, ref.name);
    await deleteRef(repo, ref.name);
    await writeRef(repo, name, ref.id, null);
    const message = `remote: renamed ${ref.name} to ${name}`;
    if (log.length > 0)
      await writeReflog(repo, name, [...log, { old: ref.id, new: ref.id, person, message }]);
  }
  await deleteReflog(repo, `refs/remotes/${from}/HEAD`);
  return 0;
};

export const getUrl: Verb = async (place, args) => {
  const { repo, t } = place;
  const spec = { push: { names: ["--push"] }, all: { names: ["--all"] } } as const satisfies Options;
  const parsed = operands(place, args, spec, GET_URL_USAGE, 1, 1);
  if (typeof parsed === "number") return parsed;
  const name = parsed.rest[0] as string;
  if (!remoteNames(repo.config).includes(name)) stop(`error: No such remote '${name}'\n`, 2);
  const it = remoteOf(repo.config, name);
  const urls = parsed.values.push ? it.pushUrls : it.urls;
  for (const url of parsed.values.all ? urls : urls.slice(0, 1)) t.out(`${url}\n`);
  return 0;
};

export const setUrl: Verb = async (place, args) => {
  const { call, repo } = place;
  const spec = {
    push: { names: ["--push"] },
    add: { names: ["--add"] },
    delete: { names: ["--delete"] },
  } as const satisfies Options;
  const parsed = operands(place, args, spec, SET_URL_USAGE, 2, 3);
  if (typeof parsed === "number") return parsed;
  const [name, url, old] = parsed.rest as [string, string, string | undefined];
  const { values } = parsed;
  if (!remoteNames(repo.config).includes(name)) stop(`error: No such remote '${name}'\n`, 2);
  const key = `remote.${name}.${values.push ? "pushurl" : "url"}`;
  const matches = (pattern: string) => (value: string) => new RegExp(pattern).test(value);
  if (
    (values.delete || old !== undefined) &&
    !repo.config.all(key).some(matches(values.delete ? url : (old as string)))
  ) {
    die(`No such URL found: ${values.delete ? url : old}`);
  }
  await editConfig(call, repo, (text) => {
    if (values.add) return setConfig(text, key, url, { add: true });
    if (values.delete) return unsetConfig(text, key, matches(url));
    if (old !== undefined) return setConfig(unsetConfig(text, key, matches(old)), key, url, { add: true });
    return setConfig(text, key, url);
  });
  return 0;
};

const REMOVE_USAGE = `usage: git remote remove <name>

`;

const RENAME_USAGE = `usage: git remote rename [--[no-]progress] <old> <new>

    --progress            force progress reporting

`;

const GET_URL_USAGE = `usage: git remote get-url [--push] [--all] <name>

    --push                query push URLs rather than fetch URLs
    --all                 return all URLs

`;

const SET_URL_USAGE = `usage: git remote set-url [--push] <name> <newurl> [<oldurl>]
   or: git remote set-url --add <name> <newurl>
   or: git remote set-url --delete <name> <url>

    --push                manipulate push URLs
    --add                 add URL
    --delete              delete URLs

`;
