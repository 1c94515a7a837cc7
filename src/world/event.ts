/** What became true in the world. Derived by playing inputs, never stored in an attempt. */
import type { Json } from "../base/json.ts";

export const ACTORS = ["you", "forge", "colleague", "attacker", "provider"] as const;
export type Actor = (typeof ACTORS)[number];

/** Kinds of the bus: something can be read by everybody from now on, or a door was closed. Attackers of a lab hear of them. */
export const EXPOSURES = [
  /** `{repository, actor, ref, commit}` */
  "push.public",
  /** `{repository, run}`: a job of it ended. */
  "log.published",
  /** `{repository, run, artifact, name}` */
  "artifact.uploaded",
  /** `{package, version, user}` */
  "package.published",
  /** `{repository, actor, subject}` */
  "release.published",
  /** `{repository, actor, subject}`: an issue, a pull request or a comment. */
  "text.published",
  /** `{channel, ts, user, public}` */
  "chat.posted",
  /** `{host, owner, from, bytes, number}`: something arrived at an attacker's server. */
  "sink.received",
  /** `{repository, actor, visibility}` */
  "visibility.changed",
  /** `{organisation, login}` */
  "member.removed",
] as const;

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
