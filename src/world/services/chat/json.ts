/** Shapes of Slack's Web API. https://docs.slack.dev/reference/objects/conversation-object */
import type { Json } from "../../../base/json.ts";
import { personOf, type Person } from "../../person.ts";
import type { ServicePorts } from "../../service.ts";
import { messagesOf, userId } from "./chat.ts";
import type { Channel, Message } from "./model.ts";

type Fields = { readonly [key: string]: Json };

export function idOf(login: string): string {
  const person = personOf(login);
  return person ? userId(person) : login;
}

export function channelJson(channel: Channel, reader: string): Fields {
  const { id, name, kind, members, creator, topic, createdAtMs, archived } = channel;
  const created = Math.floor(createdAtMs / 1000);
  if (kind === "direct") {
    const others = members.filter((login) => login !== reader);
    const is = { is_im: others.length <= 1, is_mpim: others.length > 1, is_archived: archived };
    return { id, created, ...is, user: idOf(others[0] ?? reader), users: members.map(idOf) };
  }
  return {
    id,
    name,
    is_channel: kind === "public",
    is_group: kind === "private",
    is_im: false,
    is_mpim: false,
    is_private: kind === "private",
    is_archived: archived,
    is_member: members.includes(reader),
    created,
    creator: idOf(creator),
    topic: { value: topic, creator: idOf(creator), last_set: created },
    purpose: { value: "", creator: "", last_set: 0 },
    num_members: members.length,
  };
}

export function messageJson(ports: ServicePorts, channel: Channel, message: Message): Fields {
  const { ts, user, bot, text, thread, former } = message;
  const replies = messagesOf(ports, channel).filter((it) => it.thread === ts);
  const last = former.at(-1);
  return {
    type: "message",
    ...(bot === null
      ? { user: idOf(user) }
      : { subtype: "bot_message", bot_id: `B${idOf(user).slice(1)}`, username: bot }),
    text,
    ts,
    ...(last ? { edited: { user: idOf(last.by), ts: `${Math.floor(last.atMs / 1000)}.000000` } } : {}),
    ...(thread === null ? {} : { thread_ts: thread }),
    ...(replies.length > 0
      ? { thread_ts: ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts ?? ts }
      : {}),
  };
}

export function userJson(person: Person, isAdministrator: boolean): Fields {
  const { login, name, email, side } = person;
  return {
    id: userId(person),
    name: login,
    real_name: name,
    deleted: false,
    is_admin: isAdministrator,
    is_owner: isAdministrator,
    is_bot: false,
    is_restricted: side === "outside",
    profile: { real_name: name, display_name: login, email },
  };
}
