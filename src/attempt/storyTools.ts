/** Commands that only stories have: they tell what was found, look for copies, and know what was planted. */
import type { Command } from "just-bash/browser";
import { Stream } from "../base/stream.ts";
import { isKind, mint } from "../engine/kinds.ts";
import { command, result, stdinText } from "../shell/commands/lib/invocation.ts";
import type { Evidence } from "../grader/grade.ts";
import type { Searched } from "../grader/search.ts";
import type { StoryOutcome } from "../grader/story.ts";
import { surface, SURFACES, type Surface } from "../grader/surface.ts";
import { loot } from "../world/services/sinks/sinks.ts";
import { setOutage } from "../world/services/outage.ts";
import type { Credential } from "../world/credential.ts";
import type { World } from "../world/world.ts";
import { masked } from "./masked.ts";
import { storedSecrets } from "./storedSecrets.ts";

/** What a story has told so far. */
export interface Told {
  readonly evidence: Evidence[];
  readonly found: StoryOutcome["found"][number][];
  readonly said: string[];
}

export interface StoryToolsOptions {
  readonly world: World;
  readonly told: Told;
  /** Searches the fork as it is now. */
  search(surfaces: readonly Surface[], sought?: Credential[]): Promise<Searched>;
}

export const STORY_TOOLS = [
  "evidence",
  "found",
  "say",
  "trace",
  "credential",
  "value",
  "loot",
  "canary",
  "outage",
  "stored-secrets",
] as const;

/** `trace any`: of every credential that was planted or made since. */
const ANY = "any";

/** Surfaces that are searched where none is named. */
const EVERYWHERE = SURFACES.filter((name) => name !== "disk" && name !== "audit");

export function storyTools({ world, told, search }: StoryToolsOptions): Command[] {
  const hide = (text: string) => masked(world, text);
  const traceAny = async (names: readonly Surface[]) => {
    const { copies } = await search(names.length > 0 ? names : EVERYWHERE, current(world));
    const lines = copies.map(({ surface: where, place, line, lastLine, credential, steps }) =>
      [where, `${place}:${line}`, credential, steps.join(",") || "open", lastLine ?? line].join("\t"),
    );
    return result(lines.map((line) => `${line}\n`).join(""), "", lines.length > 0 ? 0 : 1);
  };
  return [
    command("evidence", ([where, ...place]) => {
      if (where === undefined || place.length === 0) return wrong("evidence SURFACE PLACE");
      told.evidence.push({ surface: where, at: hide(place.join(" ")) });
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
    command("trace", async ([id, ...names]) => {
      const unknown = names.find((name) => !surface.safeParse(name).success);
      if (id === ANY && unknown === undefined) return traceAny(names as Surface[]);
      if (id === undefined || !world.credentials.get(id) || unknown !== undefined)
        return wrong("trace CREDENTIAL [SURFACE…]");
      const { copies } = await search(names.length > 0 ? (names as Surface[]) : EVERYWHERE);
      const own = copies.filter(({ credential }) => credential === id);
      const lines = own.map(({ surface: where, place, line }) => `${where}\t${place}:${line}\n`);
      return result(lines.join(""), "", own.length > 0 ? 0 : 1);
    }),
    command("credential", ([id]) => {
      const record = id === undefined ? undefined : world.credentials.get(id);
      if (!record) return wrong("credential ID");
      const { value: _value, parts: _parts, ...shown } = record;
      return result(`${JSON.stringify({ ...shown, works: world.credentials.works(record) }, null, 2)}\n`);
    }),
    command("value", ([id]) => {
      const record = id === undefined ? undefined : world.credentials.get(id);
      return record ? result(`${record.value}\n`) : wrong("value ID");
    }),
    command("canary", (args) => canary(world, args)),
    command("outage", ([host, status]) => {
      const code = status === "off" ? null : Number(status);
      if (host === undefined || (code !== null && !(Number.isInteger(code) && code >= 400 && code < 600)))
        return wrong("outage HOST STATUS|off");
      setOutage(world.tables, host, code);
      return result("");
    }),
    command("stored-secrets", () => {
      const rows = storedSecrets(world).map(({ name, scope, shape }) => [name, shape, scope].join("\t"));
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

/** From a stream of its own, by kind and number: asking for one moves no other. */
function canary(world: World, [kind = "", number = "1", ...more]: readonly string[]) {
  if (!isKind(kind) || !/^\d{1,4}$/.test(number) || more.length > 0) return wrong("canary KIND [NUMBER]");
  return result(`${mint(kind, new Stream(world.seed, `story-canary/${kind}/${number}`)).sample.trimEnd()}\n`);
}

/** What was planted, and what was made since for others to use: no sign-ins, no tokens of jobs. */
function current({ credentials }: World): Credential[] {
  const shared = ({ issuer, grants }: Credential) =>
    issuer !== "none" && issuer !== "forge" && !isSession(grants);
  return credentials.all().filter((it) => it.planted || shared(it));
}

function isSession(grants: Credential["grants"]): boolean {
  return grants !== null && typeof grants === "object" && (grants as { session?: unknown }).session === true;
}

function wrong(usage: string) {
  return result("", `usage: ${usage}\n`, 2);
}
