/** Diagnoses of a history on the forge that was to be rewritten. */
import * as z from "zod/mini";
import { START_MS } from "../../world/clock.ts";
import type { DiagnosisKind, Recognised } from "../check.ts";
import { lostHistory } from "../checks/historyKept.ts";
import { copiesOn, evidenceOf } from "../evidence.ts";
import type { Evidence } from "../grade.ts";
import { hosted, publicRefs, taintedBelow, type Tainted } from "../history.ts";
import { firstTime, moment } from "../moment.ts";
import type { Repository } from "../repository.ts";
import type { Scene } from "../scene.ts";
import type { Copy } from "../surface.ts";
import { ancestors } from "../work.ts";

const KINDS_OF_REST = ["untouched", "one-path", "merged-back", "other-refs", "no-ref"] as const;

const options = z.strictObject({
  credential: z.string(),
  /** owner/name on the forge. */
  repository: z.string(),
  branch: z.string(),
  /** How copies are still there. */
  rest: z.enum(KINDS_OF_REST),
});
type Options = z.infer<typeof options>;

/** Where copies are still in the history of a repository, told in one of five ways: the first that holds. */
export const oldHistory: DiagnosisKind<Options> = {
  kind: "old-history",
  about:
    "Copies are left in a repository: `untouched` (the branch has them at every path as in the beginning), `one-path` (at some paths), `merged-back` (a merge joins a clean and a tainted line), `other-refs` (only other branches or tags), `no-ref` (only pull requests, or ids).",
  options,
  placeholders: ["count", "first", "last", "refs", "object", "path", "commit", "minutes", "way"],
  recognise: async (scene, chosen) => {
    const repository = hosted(scene, scene.world, chosen.repository);
    if (!repository) return null;
    const refs = await publicRefs(repository);
    const tip = refs.get(`refs/heads/${chosen.branch}`);
    const own = tip === undefined ? [] : await taintedBelow(scene, repository, tip, chosen.credential);
    const others = await taintedRefs(scene, repository, refs, chosen);
    const found: Found = { scene, chosen, repository, tip: tip ?? "", own, others };
    if (own.length === 0 && others.length > 0) return chosen.rest === "other-refs" ? otherRefs(found) : null;
    if (own.length === 0) return withoutHistory(found);
    const merge = await mergedBack(found);
    if (merge !== null) return chosen.rest === "merged-back" ? merge : null;
    const whole = await everyPath(found);
    if (chosen.rest === "untouched") return whole ? untouched(found) : null;
    return chosen.rest === "one-path" && !whole ? onePath(found) : null;
  },
};

interface Found {
  readonly scene: Scene;
  readonly chosen: Options;
  readonly repository: Repository;
  readonly tip: string;
  /** In the history of the branch. */
  readonly own: readonly Tainted[];
  /** Short names of other branches and tags. */
  readonly others: readonly string[];
}

async function taintedRefs(
  scene: Scene,
  repository: Repository,
  refs: ReadonlyMap<string, string>,
  { branch, credential }: Options,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, tip] of refs)
    if (
      name !== `refs/heads/${branch}` &&
      (await taintedBelow(scene, repository, tip, credential)).length > 0
    )
      found.push(name.replace(/^refs\/(?:heads|tags)\//, ""));
  return found;
}

async function everyPath({ scene, chosen, own }: Found): Promise<boolean> {
  const before = hosted(scene, scene.start, chosen.repository);
  const tip = before?.resolve(`refs/heads/${chosen.branch}`);
  if (!before || !tip) return true;
  const paths = new Set(own.map(({ path }) => path));
  return (await taintedBelow(scene, before, tip, chosen.credential)).every(({ path }) => paths.has(path));
}

/** Commits of the branch, counted from the oldest, whose files hold a copy. */
async function untouched({ repository, tip, own, others }: Found): Promise<Recognised> {
  const blobs = new Set(own.map(({ blob }) => blob));
  const line = [...(await ancestors(repository, tip))].reverse();
  const numbers: number[] = [];
  for (const [i, commit] of line.entries())
    if ([...(await repository.filesOf(commit)).values()].some(({ id }) => blobs.has(id))) numbers.push(i + 1);
  const [first, last] = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  return recognised(own, {
    count: String(numbers.length),
    first: String(first),
    last: String(last),
    refs: others.join(", "),
  });
}

function onePath({ own }: Found): Recognised {
  const { blob, path, commit } = own.at(-1) as Tainted;
  return recognised(own, { object: blob.slice(0, 7), path, commit: commit.slice(0, 7) });
}

function otherRefs({ others, chosen }: Found): Recognised {
  const evidence = others.map((ref) => ({ surface: "remote", at: `${chosen.repository} ${ref}` }));
  return { values: { refs: others.join(", "), count: String(others.length) }, evidence };
}

/** The newest merge that has both a clean parent and one that is not. */
async function mergedBack({ scene, chosen, repository, tip, own }: Found): Promise<Recognised | null> {
  for (const id of await ancestors(repository, tip)) {
    const commit = await repository.commit(id);
    if (!commit || commit.parents.length < 2) continue;
    const tainted = await Promise.all(
      commit.parents.map(
        async (parent) => (await taintedBelow(scene, repository, parent, chosen.credential)).length > 0,
      ),
    );
    if (new Set(tainted).size < 2) continue;
    const minutes = Math.floor((commit.committerTimeS * 1000 - START_MS) / 60_000);
    return recognised(own, { commit: id.slice(0, 7), minutes: String(minutes) });
  }
  return null;
}

/** No history of a branch or tag brings a copy in: the words of a tag do, or a note; else a pull request, or an id is enough. */
async function withoutHistory({ scene, chosen }: Found): Promise<Recognised | null> {
  const copies = await copiesOn(scene, chosen.credential, ["remote", "pulls"]);
  const led = copies.filter(({ place }) => !/ refs\/pull\/|^\S+ [0-9a-f]{7}$/.test(place));
  if (led.length > 0) return chosen.rest === "other-refs" ? otherPlaces(led) : null;
  const [first] = copies;
  if (!first || chosen.rest !== "no-ref") return null;
  const pull = copies.map(({ place }) => /refs\/pull\/(\d+)/.exec(place)?.[1]).find((it) => it !== undefined);
  const values = {
    object: (first.object ?? "").slice(0, 7),
    path: first.path,
    way: pull === undefined ? "by its id" : `by its id and through pull request #${pull}`,
  };
  return { values, evidence: copies.map(evidenceOf) };
}

function otherPlaces(copies: readonly Copy[]): Recognised {
  const places = [...new Set(copies.map(({ place }) => place))];
  return {
    values: { refs: places.join(", "), count: String(places.length) },
    evidence: copies.map(evidenceOf),
  };
}

function recognised(tainted: readonly Tainted[], values: Recognised["values"]): Recognised {
  const evidence: Evidence[] = tainted.map(({ commit, path, blob }) => ({
    surface: "remote",
    at: `${commit.slice(0, 7)} ${path}`,
    object: blob,
    path,
  }));
  return { values, evidence };
}

/** A branch or tag lacks commits or files that it had: {ref} is the first, {what} says what. */
export const rewrittenWrong: DiagnosisKind<{ repository: string; credential: string }> = {
  kind: "rewritten-wrong",
  about: "A branch or tag of the start is gone, or lacks commits or files that it had.",
  options: z.strictObject({ repository: z.string(), credential: z.string() }),
  placeholders: ["ref", "what", "count"],
  recognise: async (scene, chosen) => {
    const losses = await lostHistory(scene, chosen);
    const [first] = losses;
    return first
      ? {
          values: { ref: first.ref, what: first.what, count: String(losses.length) },
          evidence: losses.map(({ ref, what }) => ({ surface: "remote", at: `${ref} ${what}` })),
        }
      : null;
  },
};

const both = z.strictObject({
  first: moment,
  next: moment,
  /** Less than so many seconds between them is wrong too. */
  apart: z.optional(z.int().check(z.positive())),
});

/** Both became true, in the wrong order: {minutes} lie between them. */
export const wrongOrder: DiagnosisKind<z.infer<typeof both>> = {
  kind: "wrong-order",
  about: "Both moments came, `next` not after `first`, or less than `apart` seconds after it.",
  options: both,
  placeholders: ["minutes", "seconds"],
  recognise: async ({ world }, { first, next, apart }) => {
    const [a, b] = [firstTime(world, first), firstTime(world, next)];
    if (a === null || b === null || (a < b && b - a >= (apart ?? 0) * 1000)) return null;
    const seconds = Math.round((b - a) / 1000);
    if (a < b)
      return {
        values: { minutes: String(Math.round(seconds / 60)), seconds: String(seconds) },
        evidence: [{ surface: "order", at: `${seconds} s later` }],
      };
    const minutes = Math.round((a - b) / 60_000);
    return {
      values: { minutes: String(minutes), seconds: String(-seconds) },
      evidence: [{ surface: "order", at: `${minutes} min too late` }],
    };
  },
};
