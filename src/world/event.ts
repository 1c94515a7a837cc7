/** What became true in the world. Derived by playing inputs, never stored in an attempt. */
import type { Json } from "../base/json.ts";

export const ACTORS = ["you", "forge", "colleague", "attacker", "provider"] as const;
export type Actor = (typeof ACTORS)[number];

export interface WorldEvent {
  readonly atMs: number;
  /** The input during which it happened; 0 before the first. */
  readonly seq: number;
  readonly who: Actor;
  /** Dotted, for example "push.accepted", "push.refused", "push.bypassed". */
  readonly kind: string;
  /** One sentence for the timeline, without any planted value. */
  readonly what: string;
  readonly data: { readonly [key: string]: Json };
}
