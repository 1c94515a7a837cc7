/** Public channels of the chat: whoever has an account can read and export them, and accounts are free. */
import { fromUtf8 } from "../../base/bytes.ts";
import { CHANNELS, MESSAGES } from "../services/chat/model.ts";
import type { PublicItem } from "./item.ts";
import type { AttackerPorts } from "./ports.ts";

/** Messages as they stand now: what was edited or deleted only administrators see. */
export function chatItems({ tables }: Pick<AttackerPorts, "tables">): PublicItem[] {
  const open = tables.of(CHANNELS).filter(({ kind }) => kind === "public");
  const names = new Map(open.map(({ id, name }) => [id, name]));
  return tables
    .of(MESSAGES)
    .filter(({ channel, deletedAtMs }) => names.has(channel) && deletedAtMs === null)
    .map(({ channel, ts, text, former }) => ({
      key: `chat ${channel} ${ts} ${former.length}`,
      where: `a message in #${names.get(channel)}`,
      subject: `chat ${channel} ${ts}`,
      read: () => [fromUtf8(text)],
    }));
}
