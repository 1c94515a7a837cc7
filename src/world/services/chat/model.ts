/** Channels and messages of the company's chat. What was edited or deleted stays in its record, for administrators. */
import { tableName } from "../../../base/tables.ts";

export interface Channel {
  /** "C…" of a channel, "D…" of a direct conversation. */
  readonly id: string;
  /** Of a channel; the empty text for a direct conversation. */
  readonly name: string;
  readonly kind: "public" | "private" | "direct";
  /** Logins. */
  readonly members: readonly string[];
  readonly creator: string;
  readonly topic: string;
  readonly createdAtMs: number;
  readonly archived: boolean;
}

/** What a message said before it was changed. */
export interface Former {
  readonly text: string;
  /** When it was changed, and by whom. */
  readonly atMs: number;
  readonly by: string;
}

export interface Message {
  readonly channel: string;
  /** Seconds since 1970 and a counter: the message's id within its channel. */
  readonly ts: string;
  /** The login of whoever posted it. */
  readonly user: string;
  /** The name under which an app posted it; null for people. */
  readonly bot: string | null;
  readonly text: string;
  readonly atMs: number;
  /** `ts` of the message that this one answers; null outside threads. */
  readonly thread: string | null;
  readonly former: readonly Former[];
  readonly deletedAtMs: number | null;
}

/** By id. */
export const CHANNELS = tableName<Channel>("chat/channels");
/** By `channel ts`, in the order in which they were posted. */
export const MESSAGES = tableName<Message>("chat/messages");
