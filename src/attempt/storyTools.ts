/** Commands that only stories have: they tell what was found, look for copies, and know what was planted. */
import type { Command } from "just-bash/browser";
import { Stream } from "../base/stream.ts";
import { isKind, mint } from "../engine/kinds.ts";
import { command, result, stdinText } from "../shell/commands/lib/invocation.ts";
import { labTime } from "../grader/clockFace.ts";
import { evidenceOf } from "../grader/evidence.ts";
import type { Searched } from "../grader/search.ts";
import type { StoryEvidence, StoryOutcome } from "../grader/story.ts";
import { surface, SURFACES, type Copy, type Surface } from "../grader/surface.ts";
import { loot } from "../world/services/sinks/sinks.ts";
import type { Credential } from "../world/credential.ts";
import type { World } from "../world/world.ts";
import { masked } from "../grader/masked.ts";
import { OUTAGE_COMMAND, outageCommand } from "./outageCommand.ts";
import { storedSecrets } from "./storedSecrets.ts";

/** What a story has told so far. */
export interface Told {
  readonly evidence: StoryEvidence[];
  readonly found: StoryOutcome["found"][number][];
  readonly said: string[];
  truth: string | null;
}

export interface StoryToolsOptions {
  readonly world: World;
  readonly told: Told;
  /** Searches the fork as it is now; with `at` only places that match. */
  search(surfaces: readonly Surface[], sought?: Credential[], at?: RegExp): Promise<Searched>;
}

export const STORY_TOOLS = [
  "evidence",
  "found",
  "say",
  "truth",
  "trace",
  "credential",
  "value",
  "loot",
  "canary",
  "lab-time",
  OUTAGE_COMMAND,
  "stored-secrets",
] as const;

/**
 * `trace any`: of every credential that was planted or made since. `trace jobs`: of every token that a job ever had.
 * `trace every`: both in one search, which costs half of two.
 */
const SETS: Readonly<Record<string, (world: World) => Credential[]>> = {
  any: current,
  jobs: ofJobs,
  every: (world) => [...current(world), ...ofJobs(world)],
};

/** Surfaces that are searched where none is named. */
const EVERYWHERE = SURFACES.filter((name) => name !== "disk" && name !== "audit");

export function storyTools({ world, told, search }: StoryToolsOptions): Command[] {
  const hide = (text: string) => masked(world, text);
  /** Copies that this play found, by surface and place: evidence of one is a copy on the leak map. */
  const traced = new Map<string, Copy>();
  const rowOf = (copy: Copy) => {
    const row = `${copy.surface}\t${copy.place}:${copy.line}`;
    traced.set(row, copy);
    return row;
  };
  const traceMany = async (sought: Credential[], names: readonly Surface[], at?: RegExp) => {
    const { copies } = await search(names.length > 0 ? names : EVERYWHERE, sought, at);
    const lines = copies.map((copy) =>
      [rowOf(copy), copy.credential, copy.steps.join(",") || "open", copy.lastLine ?? copy.line].join("\t"),
    );
    return result(lines.map((line) => `${line}\n`).join(""), "", lines.length > 0 ? 0 : 1);
  };
  return [
    command("evidence", (words) => {
      const of = words[0] === "--of" ? words[1] : undefined;
      const [where, ...place] = of === undefined ? words : words.slice(2);
      if (where === undefined || place.length === 0) return wrong("evidence [--of KEY] SURFACE PLACE");
      const at = place.join(" ");
      const copy = traced.get(`${where}\t${at}`);
      const shown = copy ? evidenceOf(copy) : { surface: where, at };
      told.evidence.push({ ...shown, at: hide(shown.at), ...(of === undefined ? {} : { of }) });
      return result("");
    }),
    command("found", ([key, ...pairs]) => {
      if (key === undefined || !pairs.every((pair) => /^\w+=/.test(pair)))
        return wrong("found KEY [NAME=VALUE…]");
      const values = pairs.map((pair) => [pair.replace(/=.*/s, ""), hide(pair.replace(/^\w+=/, ""))]);
      told.found.push({ key, values: Object.fromEntries(values) });
      return result("");
    }),
    command("say", (words, context) => {
      told.said.push(hide(words.length > 0 ? words.join(" ") : stdinText(context).trimEnd()));
      return result("");
    }),
    command("truth", (_words, context) => {
      told.truth = `${told.truth ?? ""}${stdinText(context)}`;
      return result("");
    }),
    command("trace", async ([id, ...words]) => {
      const { names, at, wrongAt } = placesOf(words);
      if (wrongAt) return wrong("trace CREDENTIAL [SURFACE…] [--at PATTERN]");
      const unknown = names.find((name) => !surface.safeParse(name).success);
      const sought = id !== undefined && Object.hasOwn(SETS, id) ? SETS[id] : undefined;
      if (sought && unknown === undefined) return traceMany(sought(world), names as Surface[], at);
      if (id === undefined || !world.credentials.get(id) || unknown !== undefined)
        return wrong("trace CREDENTIAL [SURFACE…]");
      const { copies } = await search(names.length > 0 ? (names as Surface[]) : EVERYWHERE, undefined, at);
      const own = copies.filter(({ credential }) => credential === id);
      const lines = own.map((copy) => `${rowOf(copy)}\n`);
      return result(lines.join(""), "", own.length > 0 ? 0 : 1);
    }),
    command("credential", ([id]) => {
      const record = id === undefined ? undefined : world.credentials.get(id);
      if (!record) return wrong("credential ID");
      const { value: _value, parts: _parts, ...shown } = record;
      return result(`${JSON.stringify({ ...shown, works: world.credentials.works(record) }, null, 2)}\n`);
    }),
    command("value", ([id, part]) => {
      const record = id === undefined ? undefined : world.credentials.get(id);
      // Temporary keys of the cloud have a session token beside the secret.
      const value = part === undefined ? record?.value : record?.parts[Number(part) - 1];
      return value === undefined ? wrong("value ID [PART]") : result(`${value}\n`);
    }),
    command("canary", (args) => canary(world, args)),
    command("lab-time", ([time]) => timeOfLab(time)),
    outageCommand(world),
    command("stored-secrets", () => {
      const rows = storedSecrets(world).map(({ name, scope, shape, holds }) =>
        [name, shape, scope, holds.join(" ")].join("\t"),
      );
      return result(rows.map((row) => `${row}\n`).join(""));
    }),
    command("loot", ([who]) => {
      const all = loot(world.tables, who);
      const lines = all.map(
        ({ host, from, method, path, body }) => `${host} ${from} ${method} ${path}\n${body}\n`,
      );
      return result(lines.join(""), "", all.length > 0 ? 0 : 1);
    }),
  ];
}

/** Names of surfaces, and behind `--at` what places must match: a run that is looked at alone is searched in no time. */
function placesOf(words: readonly string[]): { names: readonly string[]; at?: RegExp; wrongAt?: boolean } {
  const i = words.indexOf("--at");
  if (i < 0) return { names: words };
  const names = words.slice(0, i);
  try {
    if (words.length !== i + 2) return { names, wrongAt: true };
    return { names, at: new RegExp(words[i + 1] as string) };
  } catch {
    return { names, wrongAt: true };
  }
}

/** From a stream of its own, by kind and number: asking for one moves no other. */
function canary(world: World, [kind = "", number = "1", ...more]: readonly string[]) {
  if (!isKind(kind) || !/^\d{1,4}$/.test(number) || more.length > 0) return wrong("canary KIND [NUMBER]");
  return result(`${mint(kind, new Stream(world.seed, `story-canary/${kind}/${number}`)).sample.trimEnd()}\n`);
}

/** Of a time as services write it, or of seconds since 1970. */
function timeOfLab(time = "") {
  const atMs = /^\d+$/.test(time) ? Number(time) * 1000 : Date.parse(time);
  return Number.isNaN(atMs) ? wrong("lab-time TIME") : result(`${labTime(atMs)}\n`);
}

/** What was planted, and what was made since for others to use: no sign-ins, no tokens of jobs. */
function current({ credentials }: World): Credential[] {
  const shared = ({ issuer, grants }: Credential) =>
    issuer !== "none" && issuer !== "forge" && !isSession(grants);
  return credentials.all().filter((it) => it.planted || shared(it));
}

/** Dead ones too: a copy shows that the next one will be there while it works. */
function ofJobs({ credentials }: World): Credential[] {
  const isJobs = ({ grants }: Credential) => (grants as { kind?: unknown } | null)?.kind === "job";
  return credentials
    .all()
    .filter((it) => it.issuer === "forge" && isJobs(it))
    .map((it) => ({ ...it, parts: [it.value] }));
}

function isSession(grants: Credential["grants"]): boolean {
  return grants !== null && typeof grants === "object" && (grants as { session?: unknown }).session === true;
}

function wrong(usage: string) {
  return result("", `usage: ${usage}\n`, 2);
}
