/** All sources. A new one is a file and a line here. */
import { actions } from "./actions.ts";
import { chat } from "./chat.ts";
import { laptop } from "./laptop.ts";
import { clones, runners } from "./machines.ts";
import { records } from "./records.ts";
import { repositories } from "./repositories.ts";
import type { Source } from "./source.ts";

/** In the order in which copies are told. */
export const SOURCES: readonly Source[] = [laptop, repositories, records, chat, actions, clones, runners];
