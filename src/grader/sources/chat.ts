/** The chat: every message with what it said before, deleted ones too. Administrators still read them. */
import { CHANNELS, MESSAGES } from "../../world/services/chat/model.ts";
import { recordItem } from "./records.ts";
import type { Source } from "./source.ts";

export const chat: Source = {
  name: "chat",
  covers: (surface) => surface === "chat",
  items: async ({ world, memory }, surface) =>
    world.tables
      .of(MESSAGES)
      .all()
      .map((message) => {
        const name = world.tables.of(CHANNELS).get(message.channel)?.name ?? "";
        const place = name === "" ? "a direct message" : `#${name}`;
        const gone = message.deletedAtMs === null ? "" : ", deleted";
        return recordItem(
          memory,
          surface,
          `${place}, message ${message.ts} of ${message.user}${gone}`,
          message,
        );
      }),
};
