/** What people do in the chat: open channels, post, change, delete. Refusals are words of Slack's Web API. */
import { err, ok, type Result } from "../../../base/result.ts";
import { CAST, LEARNER, personOf, type Person } from "../../person.ts";
import type { ServicePorts } from "../../service.ts";
import { CHANNELS, MESSAGES, type Channel, type Message } from "./model.ts";

/** Characters of a message. https://docs.slack.dev/reference/methods/chat.postMessage */
const LONGEST = 40_000;
/** https://docs.slack.dev/reference/methods/conversations.create */
const CHANNEL_NAME = /^[a-z0-9_][a-z0-9_-]{0,79}$/;

type Ports = Pick<ServicePorts, "tables">;

/** Everybody who has an account: a community's chat is open, but attackers are nobody there. */
export function chatPeople(): readonly Person[] {
  return CAST.filter(({ side }) => side !== "attacker");
}

/** "U00001001". */
export function userId({ uid }: Pick<Person, "uid">): string {
  return `U${String(uid).padStart(8, "0")}`;
}

/** By id, login, or @login. */
export function findUser(text: string): Person | undefined {
  const name = text.replace(/^<@(\w+)>$/, "$1").replace(/^@/, "");
  return chatPeople().find((person) => person.login === name || userId(person) === name);
}

export function channels({ tables }: Ports): Channel[] {
  return tables.of(CHANNELS).all();
}

/** What somebody may read: public channels, and those in which they are. */
export function mayRead({ kind, members }: Channel, login: string): boolean {
  return kind === "public" || members.includes(login);
}

/** By id or name (with or without #), as far as somebody may read it. */
export function findChannel({ tables }: Ports, text: string, login: string): Channel | undefined {
  const name = text.replace(/^#/, "");
  const found =
    tables.of(CHANNELS).get(text) ??
    tables.of(CHANNELS).find((it) => it.kind !== "direct" && it.name === name);
  return found && mayRead(found, login) ? found : undefined;
}

export interface NewChannel {
  readonly name: string;
  readonly creator: string;
  readonly isPrivate?: boolean;
  /** Besides the creator. */
  readonly members?: readonly string[];
  readonly topic?: string;
}

export function createChannel(ports: ServicePorts, fields: NewChannel): Result<Channel, string> {
  const { name, creator, isPrivate = false, members = [], topic = "" } = fields;
  if (name === "") return err("invalid_name_required");
  if (!CHANNEL_NAME.test(name)) return err("invalid_name_specials");
  if (ports.tables.of(CHANNELS).find((it) => it.kind !== "direct" && it.name === name))
    return err("name_taken");
  return ok(
    addChannel(ports, {
      name,
      creator,
      topic,
      kind: isPrivate ? "private" : "public",
      members: [...new Set([creator, ...members])],
    }),
  );
}

/** The conversation between some people; it is made when it is first opened. */
export function openDirect(ports: ServicePorts, creator: string, others: readonly string[]): Channel {
  const members = [...new Set([creator, ...others])].sort();
  const known = ports.tables
    .of(CHANNELS)
    .find((it) => it.kind === "direct" && it.members.join(" ") === members.join(" "));
  return known ?? addChannel(ports, { name: "", creator, topic: "", kind: "direct", members });
}

function addChannel(
  ports: ServicePorts,
  fields: Pick<Channel, "name" | "kind" | "members" | "creator" | "topic">,
): Channel {
  const number = String(ports.tables.next("chat/channel")).padStart(8, "0");
  const id = `${fields.kind === "direct" ? "D" : "C"}${number}`;
  return ports.tables.of(CHANNELS).set(id, { ...fields, id, createdAtMs: ports.now(), archived: false });
}

export function changeMembers({ tables }: Ports, { id }: Channel, members: readonly string[]): Channel {
  return tables.of(CHANNELS).change(id, { members: [...new Set(members)] });
}

export interface Post {
  readonly channel: Channel;
  readonly user: string;
  readonly text: string;
  readonly bot?: string | null;
  readonly thread?: string | null;
}

export function post(ports: ServicePorts, { channel, user, text, ...more }: Post): Result<Message, string> {
  if (!channel.members.includes(user)) return err("not_in_channel");
  if (channel.archived) return err("is_archived");
  if (text.trim() === "") return err("no_text");
  if (text.length > LONGEST) return err("msg_too_long");
  const thread = more.thread ?? null;
  if (thread !== null && !messageOf(ports, channel, thread)) return err("thread_not_found");
  const number = ports.tables.next("chat/message");
  const ts = `${Math.floor(ports.now() / 1000)}.${String(number % 1_000_000).padStart(6, "0")}`;
  const message: Message = {
    channel: channel.id,
    ts,
    user,
    bot: more.bot ?? null,
    text,
    atMs: ports.now(),
    thread,
    former: [],
    deletedAtMs: null,
  };
  ports.tables.of(MESSAGES).set(keyOf(message), message);
  tell(ports, channel, message);
  return ok(message);
}

function tell(ports: ServicePorts, channel: Channel, { ts, user, bot }: Message): void {
  const isSeen = mayRead(channel, LEARNER.login);
  const name = bot ?? personOf(user)?.name ?? user;
  ports.event({
    who: user === LEARNER.login ? "you" : "colleague",
    kind: "chat.posted",
    what: `${name} wrote in ${channel.kind === "direct" ? "a direct message" : `#${channel.name}`}`,
    data: {
      channel: channel.id,
      name: channel.name,
      ts,
      user,
      public: channel.kind === "public",
      ...(isSeen ? {} : { hidden: true }),
    },
  });
}

function keyOf({ channel, ts }: Pick<Message, "channel" | "ts">): string {
  return `${channel} ${ts}`;
}

/** As it stands; one that was deleted is gone. */
export function messageOf({ tables }: Ports, { id }: Channel, ts: string): Message | undefined {
  const message = tables.of(MESSAGES).get(keyOf({ channel: id, ts }));
  return message?.deletedAtMs === null ? message : undefined;
}

/** Oldest first, without what was deleted. */
export function messagesOf({ tables }: Ports, { id }: Channel): Message[] {
  return tables.of(MESSAGES).filter((it) => it.channel === id && it.deletedAtMs === null);
}

/** Only whoever wrote it can change a message. What it said stays for administrators. */
export function edit(
  ports: ServicePorts,
  message: Message,
  user: string,
  text: string,
): Result<Message, string> {
  if (message.user !== user) return err("cant_update_message");
  if (text.trim() === "") return err("no_text");
  if (text.length > LONGEST) return err("msg_too_long");
  const former = [...message.former, { text: message.text, atMs: ports.now(), by: user }];
  return ok(ports.tables.of(MESSAGES).change(keyOf(message), { text, former }));
}

/** Whoever wrote it, and administrators, can delete a message. It stays for administrators. */
export function remove(
  ports: ServicePorts,
  message: Message,
  user: string,
  isAdministrator: boolean,
): Result<Message, string> {
  if (message.user !== user && !isAdministrator) return err("cant_delete_message");
  return ok(ports.tables.of(MESSAGES).change(keyOf(message), { deletedAtMs: ports.now() }));
}

/** The channel that a workspace begins with; everybody who works or writes there is in it. */
export function openWorkspace(ports: ServicePorts, people: readonly string[]): void {
  const members = people.filter((login) => personOf(login)?.side !== "attacker");
  createChannel(ports, { name: "general", creator: "mina", members });
}
