/**
 * The company's chat, in the shape of a part of Slack's Web API: `/api/METHOD`, arguments as JSON, form or query, always
 * status 200 with `ok`. Whoever asks is who is signed in with the browser. `/export`: everything, for administrators.
 * https://docs.slack.dev/apis/web-api/
 */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { Result } from "../../../base/result.ts";
import type { Origin } from "../../network.ts";
import type { Person } from "../../person.ts";
import type { ServicePorts } from "../../service.ts";
import { MEMBERSHIPS } from "../forge/store.ts";
import {
  changeMembers,
  channels,
  chatPeople,
  createChannel,
  edit,
  findChannel,
  findUser,
  mayRead,
  messageOf,
  messagesOf,
  openDirect,
  post,
  remove,
  userId,
} from "./chat.ts";
import { CHAT_HOST } from "./host.ts";
import { channelJson, idOf, messageJson, userJson } from "./json.ts";
import { CHANNELS, MESSAGES, type Channel, type Message } from "./model.ts";

const TEAM = { team: "Lantern Tides", team_id: "T00000001" };

/** Messages of one answer. */
const MOST = 999;

interface Call {
  readonly ports: ServicePorts;
  readonly person: Person;
  readonly address: string;
  /** Which method it is: the name of the action in the audit log. */
  readonly method: string;
  argument(name: string): string;
}

type Fields = { readonly [key: string]: Json };
/** What is said beside `ok`, or the error. */
type Answer = Fields | string;

const METHODS: Readonly<Record<string, (call: Call) => Answer>> = {
  "auth.test": ({ person }) => ({
    url: `https://${CHAT_HOST}/`,
    ...TEAM,
    user: person.login,
    user_id: userId(person),
  }),
  "users.list": ({ ports }) => ({
    members: chatPeople().map((it) => userJson(it, isAdministrator(ports, it))),
  }),
  "users.info": ({ ports, argument }) => {
    const user = findUser(argument("user"));
    return user ? { user: userJson(user, isAdministrator(ports, user)) } : "user_not_found";
  },
  "conversations.list": listChannels,
  "conversations.info": onChannel(({ person }, channel) => ({
    channel: channelJson(channel, person.login),
  })),
  "conversations.members": onChannel((_, { members }) => ({ members: members.map(idOf) })),
  "conversations.history": onChannel((call, channel) =>
    history(call, channel, ({ thread }) => thread === null),
  ),
  "conversations.replies": onChannel(replies),
  "conversations.create": create,
  "conversations.open": open,
  "conversations.join": onChannel(join),
  "conversations.leave": onChannel(leave),
  "conversations.invite": onChannel(invite),
  "chat.postMessage": onChannel(postMessage),
  "chat.update": onMessage((call, channel, message) =>
    changed(call, channel, edit(call.ports, message, call.person.login, call.argument("text"))),
  ),
  "chat.delete": onMessage((call, channel, message) =>
    changed(
      call,
      channel,
      remove(call.ports, message, call.person.login, isAdministrator(call.ports, call.person)),
    ),
  ),
};

export async function serveChat(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const url = new URL(request.url);
  const fields = await argumentsOf(request, url);
  // Tokens of apps are not simulated: one that is sent is none of ours.
  if (request.headers.has("Authorization") || Object.hasOwn(fields, "token")) return answer("invalid_auth");
  const person = from.session === null ? undefined : findUser(from.session);
  if (!person) return answer("not_authed");
  if (url.pathname === "/export") return exported(ports, person, from.address);
  const method = url.pathname.replace(/^\/api\//, "");
  const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (!run) return answer("unknown_method", { req_method: method.slice(0, 80) });
  const argument = (name: string) => (Object.hasOwn(fields, name) ? (fields[name] as string) : "");
  return answer(run({ ports, person, address: from.address, method, argument }));
}

function answer(said: Answer, more: Fields = {}): Response {
  const body = typeof said === "string" ? { ok: false, error: said, ...more } : { ok: true, ...said };
  return new Response(`${JSON.stringify(body)}\n`, {
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}

/** Texts by name, however they were sent. */
async function argumentsOf(request: Request, url: URL): Promise<Record<string, string>> {
  const text = toUtf8(new Uint8Array(await request.arrayBuffer()));
  const asked = Object.fromEntries(url.searchParams);
  if (!/json/.test(request.headers.get("Content-Type") ?? ""))
    return { ...asked, ...Object.fromEntries(new URLSearchParams(text)) };
  try {
    const body = JSON.parse(text) as Json;
    if (body === null || typeof body !== "object" || Array.isArray(body)) return asked;
    const said = Object.entries(body).flatMap(([name, value]) =>
      value === null || typeof value === "object" ? [] : [[name, String(value)]],
    );
    return { ...asked, ...(Object.fromEntries(said) as Record<string, string>) };
  } catch {
    return asked;
  }
}

/** Mina, and owners of an organisation on the forge. */
function isAdministrator({ tables }: Pick<ServicePorts, "tables">, { login }: Person): boolean {
  const owns = tables.of(MEMBERSHIPS).find((it) => it.login === login && it.role === "admin" && !it.pending);
  return login === "mina" || owns !== undefined;
}

function onChannel(run: (call: Call, channel: Channel) => Answer): (call: Call) => Answer {
  return (call) => {
    const channel = findChannel(call.ports, call.argument("channel"), call.person.login);
    return channel ? run(call, channel) : "channel_not_found";
  };
}

function onMessage(run: (call: Call, channel: Channel, message: Message) => Answer): (call: Call) => Answer {
  return onChannel((call, channel) => {
    const message = messageOf(call.ports, channel, call.argument("ts"));
    return message ? run(call, channel, message) : "message_not_found";
  });
}

function listChannels({ ports, person, argument }: Call): Answer {
  const asked = (argument("types") || "public_channel").split(",").map((it) => it.trim());
  const names = { public: ["public_channel"], private: ["private_channel"], direct: ["im", "mpim"] };
  const found = channels(ports).filter(
    (it) => mayRead(it, person.login) && names[it.kind].some((name) => asked.includes(name)),
  );
  return {
    channels: found.map((it) => channelJson(it, person.login)),
    response_metadata: { next_cursor: "" },
  };
}

/** Newest first. https://docs.slack.dev/reference/methods/conversations.history */
function history({ ports, argument }: Call, channel: Channel, wanted: (message: Message) => boolean): Fields {
  const asked = Number(argument("limit") || "100");
  const limit = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, MOST) : 100;
  const oldest = Number(argument("oldest") || "0");
  const latest = Number(argument("latest") || "Infinity");
  const all = messagesOf(ports, channel)
    .filter((it) => wanted(it) && Number(it.ts) > oldest && Number(it.ts) < latest)
    .reverse();
  return {
    messages: all.slice(0, limit).map((it) => messageJson(ports, channel, it)),
    has_more: all.length > limit,
  };
}

/** Oldest first, the message itself before those that answer it. */
function replies(call: Call, channel: Channel): Answer {
  const ts = call.argument("ts");
  if (!messageOf(call.ports, channel, ts)) return "thread_not_found";
  const found = messagesOf(call.ports, channel).filter((it) => it.ts === ts || it.thread === ts);
  return { messages: found.map((it) => messageJson(call.ports, channel, it)), has_more: false };
}

function create(call: Call): Answer {
  const { ports, person, argument } = call;
  const made = createChannel(ports, {
    name: argument("name"),
    creator: person.login,
    isPrivate: argument("is_private") === "true",
  });
  if (!made.ok) return made.error;
  audit(call, made.value.id);
  return { channel: channelJson(made.value, person.login) };
}

function open({ ports, person, argument }: Call): Answer {
  const users = argument("users").split(",").filter(Boolean).map(findUser);
  if (users.length === 0) return "users_list_not_supplied";
  const logins = users.flatMap((it) => it?.login ?? []);
  if (logins.length < users.length) return "user_not_found";
  const channel = openDirect(ports, person.login, logins);
  return { channel: channelJson(channel, person.login) };
}

function join(call: Call, channel: Channel): Answer {
  if (channel.kind !== "public") return "method_not_supported_for_channel_type";
  const now = changeMembers(call.ports, channel, [...channel.members, call.person.login]);
  audit(call, channel.id);
  return { channel: channelJson(now, call.person.login) };
}

function leave(call: Call, channel: Channel): Answer {
  const { login } = call.person;
  if (channel.kind === "direct") return "method_not_supported_for_channel_type";
  if (!channel.members.includes(login)) return { not_in_channel: true };
  changeMembers(
    call.ports,
    channel,
    channel.members.filter((it) => it !== login),
  );
  audit(call, channel.id);
  return {};
}

function invite(call: Call, channel: Channel): Answer {
  if (channel.kind === "direct") return "method_not_supported_for_channel_type";
  if (!channel.members.includes(call.person.login)) return "not_in_channel";
  const users = call.argument("users").split(",").filter(Boolean).map(findUser);
  const logins = users.flatMap((it) => it?.login ?? []);
  if (logins.length === 0 || logins.length < users.length) return "user_not_found";
  const now = changeMembers(call.ports, channel, [...channel.members, ...logins]);
  audit(call, channel.id);
  return { channel: channelJson(now, call.person.login) };
}

/** `username`: the name of an app that posts; a message of a bot. */
function postMessage(call: Call, channel: Channel): Answer {
  const { ports, person, argument } = call;
  const bot = argument("username").slice(0, 80) || null;
  const thread = argument("thread_ts") || null;
  const posted = post(ports, { channel, user: person.login, text: argument("text"), bot, thread });
  if (!posted.ok) return posted.error;
  const { ts } = posted.value;
  audit(call, `${channel.id} ${ts}`);
  return { channel: channel.id, ts, message: messageJson(ports, channel, posted.value) };
}

function changed(call: Call, { id }: Channel, result: Result<Message, string>): Answer {
  if (!result.ok) return result.error;
  const { ts, text, deletedAtMs } = result.value;
  audit(call, `${id} ${ts}`);
  return { channel: id, ts, ...(deletedAtMs === null ? { text } : {}) };
}

/** With what was edited and deleted: an administrator's export. */
function exported(ports: ServicePorts, person: Person, address: string): Response {
  if (!isAdministrator(ports, person)) return answer("not_allowed");
  const argument = () => "";
  audit({ ports, person, address, method: "export", argument }, "workspace");
  const { tables } = ports;
  const rows = tables
    .of(CHANNELS)
    .all()
    .map((channel) => ({
      ...channelJson(channel, person.login),
      messages: tables
        .of(MESSAGES)
        .filter((it) => it.channel === channel.id)
        .map(({ ts, user, bot, text, thread, former, deletedAtMs }) => ({
          ts,
          user: idOf(user),
          username: bot,
          text,
          thread_ts: thread,
          edits: former.map((it) => ({ text: it.text, by: idOf(it.by), at: Math.floor(it.atMs / 1000) })),
          deleted_at: deletedAtMs === null ? null : Math.floor(deletedAtMs / 1000),
        })),
    }));
  return answer({ channels: rows as unknown as Json });
}

function audit({ ports, person, address, method }: Call, target: string): void {
  ports.audit.add({
    service: "chat",
    actor: person.login,
    identityType: "user",
    credentialId: null,
    action: method,
    target,
    result: "allowed",
    address,
    requestId: `CHAT-${String(ports.tables.next("chat/request")).padStart(6, "0")}`,
  });
}
