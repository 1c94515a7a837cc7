/** Texts for people, without what was planted. */
import type { World } from "../world/world.ts";

/** Without any planted value; what it stood for is said instead. */
export function masked(world: World, text: string): string {
  return world.credentials
    .planted()
    .flatMap(({ id, value, parts }) => [value, ...parts].map((secret) => [secret, id] as const))
    .reduce((shown, [secret, id]) => (secret === "" ? shown : shown.replaceAll(secret, `‹${id}›`)), text);
}
