/** Where mail and chat are, and what their answers hold. */
import { jsonOf } from "../forge/looking.ts";
import type { Look } from "../../worker/protocol.ts";
import type { ChannelJson, ChatMessageJson, MailJson, UserJson } from "./news.ts";

export const MAIL = "https://mail.lantern-tides.test";
export const CHAT = "https://chat.lantern-tides.test/api";

export const WHO = `${CHAT}/auth.test`;
export const USERS = `${CHAT}/users.list`;
export const CHANNELS = `${CHAT}/conversations.list?types=public_channel,private_channel,im,mpim`;

export function historyUrl(channel: string): string {
  return `${CHAT}/conversations.history?channel=${channel}&limit=200`;
}

export function repliesUrl(channel: string, ts: string): string {
  return `${CHAT}/conversations.replies?channel=${channel}&ts=${ts}`;
}

export function mailsIn(look: Look | undefined): readonly MailJson[] | null {
  return jsonOf<readonly MailJson[]>(look);
}

export function channelsIn(look: Look | undefined): readonly ChannelJson[] | null {
  return jsonOf<{ readonly channels?: readonly ChannelJson[] }>(look)?.channels ?? null;
}

export function usersIn(look: Look | undefined): readonly UserJson[] {
  return jsonOf<{ readonly members?: readonly UserJson[] }>(look)?.members ?? [];
}

/** The learner's id in the chat. */
export function ownIn(look: Look | undefined): string {
  return jsonOf<{ readonly user_id?: string }>(look)?.user_id ?? "";
}

export function messagesIn(look: Look | undefined): readonly ChatMessageJson[] {
  return jsonOf<{ readonly messages?: readonly ChatMessageJson[] }>(look)?.messages ?? [];
}
