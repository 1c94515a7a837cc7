/** Texts for people, without what was planted. */
import type { World } from "../world/world.ts";

/** An access key id is a name, and half of a credential: its ends tell keys apart, made ones too. */
const KEY_ID = /\b(A[KS]IA)[A-Z0-9]{12}([A-Z0-9]{4})\b/g;

/** Without any planted value; what it stood for is said instead. Of ids of access keys only the ends. */
export function masked(world: World, text: string): string {
  return world.credentials
    .planted()
    .flatMap(({ id, value, parts }) => [value, ...parts].map((secret) => [secret, id] as const))
    .reduce((shown, [secret, id]) => (secret === "" ? shown : shown.replaceAll(secret, `‹${id}›`)), text)
    .replace(KEY_ID, "$1••••$2");
}
