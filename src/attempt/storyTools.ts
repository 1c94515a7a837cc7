/** Commands that only stories have: they tell what was found, look for copies, and know what was planted. */
import type { Command } from "just-bash/browser";
import { command, result, stdinText } from "../shell/commands/lib/invocation.ts";
import type { Evidence } from "../grader/grade.ts";
import type { Searched } from "../grader/search.ts";
import type { StoryOutcome } from "../grader/story.ts";
import { surface, SURFACES, type Surface } from "../grader/surface.ts";
import { loot } from "../world/services/sinks/sinks.ts";
import type { World } from "../world/world.ts";
import { masked } from "./masked.ts";

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
  search(surfaces: readonly Surface[]): Promise<Searched>;
}

export const STORY_TOOLS = ["evidence", "found", "say", "trace", "credential", "value", "loot"] as const;

/** Surfaces that are searched where none is named. */
const EVERYWHERE = SURFACES.filter((name) => name !== "disk" && name !== "audit");

export function storyTools({ world, told, search }: StoryToolsOptions): Command[] {
  const hide = (text: string) => masked(world, text);
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
    command("loot", ([who]) => {
      const all = loot(world.tables, who);
      const lines = all.map(
        ({ host, from, method, path, body }) => `${host} ${from} ${method} ${path}\n${body}\n`,
      );
      return result(lines.join(""), "", all.length > 0 ? 0 : 1);
    }),
  ];
}

function wrong(usage: string) {
  return result("", `usage: ${usage}\n`, 2);
}
