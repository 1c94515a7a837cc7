/** `git name-rev`: https://git-scm.com/docs/git-name-rev */
import { output, type GitCommand } from "./call.ts";
import { abbreviate, peel, readTag } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { listRefs, type Ref } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { stdinLines } from "./lib/stdin.ts";
import { run } from "./lib/transcript.ts";
import { commitReader } from "./lib/walk.ts";
import { wildmatch } from "./lib/wildmatch.ts";

const OPTIONS = {
  nameOnly: { names: ["--name-only"] },
  tags: { names: ["--tags"] },
  refs: { names: ["--refs"], value: "list" },
  exclude: { names: ["--exclude"], value: "list" },
  all: { names: ["--all"] },
  stdin: { names: ["--stdin"] },
  annotate: { names: ["--annotate-stdin"] },
  undefined: { names: ["--undefined"] },
  always: { names: ["--always"] },
} as const;

export const nameRev: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.nameRev });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  const sources = Number(values.all) + Number(values.stdin || values.annotate) + Number(rest.length > 0);
  if (sources > 1)
    return output("", `error: Specify either a list, or --all, not both!\n${PLUMBING_USAGE.nameRev}`, 129);
  return run(async (t) => {
    const repo = await openRepository(call);
    const names = await namesOf(repo, values, values.tags && values.nameOnly);
    const text = async (id: string) =>
      names.get(id) ??
      (counts.undefined !== -1 ? "undefined" : values.always ? await abbreviate(repo, id) : null);
    const show = async (label: string, id: string) => {
      const name = await text(id);
      if (name === null) return false;
      t.out(values.nameOnly ? `${name}\n` : `${label} ${name}\n`);
      return true;
    };
    if (values.stdin || values.annotate) {
      for (const line of stdinLines(call.stdin)) t.out(`${annotate(line, names, values.nameOnly)}\n`);
    } else if (values.all) {
      for (const id of [...names.keys()].sort()) await show(id, id);
    } else {
      for (const name of rest) {
        const found = await resolveRevision(repo, name);
        const id = found && ((await peel(repo, found.id, "commit")) ?? found.id);
        if (id === null) t.err(`Could not get sha1 for ${name}. Skipping.\n`);
        else if (!(await show(name, id))) {
          if (!values.nameOnly) t.out(`${name} `);
          t.err(`fatal: cannot describe '${id}'\n`);
          return 128;
        }
      }
    }
    return 0;
  });
};

function annotate(line: string, names: ReadonlyMap<string, string>, nameOnly: boolean): string {
  return line.replace(/(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/g, (id) => {
    const name = names.get(id);
    if (name === undefined) return id;
    return nameOnly ? name : `${id} (${name})`;
  });
}

/** A merge's other parents are this much farther away. */
const MERGE_WEIGHT = 65_535;

interface Name {
  readonly tip: string;
  readonly time: number;
  readonly generation: number;
  readonly distance: number;
  readonly fromTag: boolean;
}

interface Tip extends Name {
  readonly id: string;
}

async function namesOf(
  repo: Repository,
  values: { tags: boolean; refs: string[]; exclude: string[] },
  short: boolean,
): Promise<Map<string, string>> {
  const read = commitReader(repo);
  const best = new Map<string, Name>();
  for (const tip of await tips(repo, values, short)) {
    const todo: { id: string; name: Name }[] = [{ id: tip.id, name: tip }];
    for (let next = todo.pop(); next; next = todo.pop()) {
      const { id, name } = next;
      const known = best.get(id);
      if (known && !isBetter(name, known)) continue;
      best.set(id, name);
      const parents = (await read(id))?.parents ?? [];
      todo.push(...parents.map((parent, i) => ({ id: parent, name: nameOfParent(name, i) })).toReversed());
    }
  }
  return new Map([...best].map(([id, name]) => [id, nameText(name)]));
}

async function tips(
  repo: Repository,
  values: { tags: boolean; refs: string[]; exclude: string[] },
  short: boolean,
): Promise<Tip[]> {
  const found: Tip[] = [];
  const matches = (pattern: string, ref: Ref) =>
    ref.name.split("/").some((_, i, parts) => wildmatch(pattern, parts.slice(i).join("/"), {}));
  for (const ref of await listRefs(repo)) {
    if (values.tags && !ref.name.startsWith("refs/tags/")) continue;
    if (values.exclude.some((pattern) => matches(pattern, ref))) continue;
    if (values.refs.length > 0 && !values.refs.some((pattern) => matches(pattern, ref))) continue;
    const id = await peel(repo, ref.id, "commit");
    const commit = id === null ? null : await commitReader(repo)(id);
    if (id === null || !commit) continue;
    const tag = await readTag(repo, ref.id);
    const name = short
      ? ref.name.replace(/^refs\/(heads|tags|remotes)\//, "")
      : ref.name.replace(/^refs\/(heads\/)?/, "");
    const time = tag?.tagger?.timestamp ?? commit.committer.timestamp;
    found.push({
      id,
      tip: id === ref.id ? name : `${name}^0`,
      time,
      generation: 0,
      distance: 0,
      fromTag: ref.name.startsWith("refs/tags/"),
    });
  }
  return found.sort((a, b) => Number(b.fromTag) - Number(a.fromTag) || a.time - b.time);
}

function isBetter(name: Name, known: Name): boolean {
  const distance = (it: Name) => it.distance + (it.generation > 0 ? MERGE_WEIGHT : 0);
  // Between tags the older one wins, even where it is farther away.
  if (name.fromTag && known.fromTag)
    return known.time > name.time || (known.time === name.time && distance(known) > distance(name));
  if (name.fromTag !== known.fromTag) return name.fromTag;
  if (distance(known) !== distance(name)) return distance(known) > distance(name);
  return known.time > name.time;
}

function nameOfParent(name: Name, index: number): Name {
  if (index === 0) return { ...name, generation: name.generation + 1, distance: name.distance + 1 };
  const base = name.tip.replace(/\^0$/, "");
  const tip = name.generation > 0 ? `${base}~${name.generation}^${index + 1}` : `${base}^${index + 1}`;
  return { ...name, tip, generation: 0, distance: name.distance + MERGE_WEIGHT };
}

function nameText({ tip, generation }: Name): string {
  return generation === 0 ? tip : `${tip.replace(/\^0$/, "")}~${generation}`;
}
