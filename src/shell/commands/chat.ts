/** `chat`: channels and direct messages, a thin client of the chat's Web API. https://docs.slack.dev/apis/web-api/ */
import type { Command, ExecResult } from "just-bash/browser";
import { UnknownHostError, type Reach } from "../../world/network.ts";
import { command, type Context, result, stdinText } from "./lib/invocation.ts";
import { type Options, parseOptions } from "./lib/options.ts";

const HOST = "https://chat.lantern-tides.test";

const USAGE = `usage: chat COMMAND

  channels [-a]                         channels that you can read (-a: with direct conversations)
  read CHANNEL|@PERSON [-n N] [-t TS]   the newest N messages (20), or one thread
  post CHANNEL|@PERSON [-t TS] [-b APP] [TEXT…]
                                        posts TEXT or standard input; -t answers, -b under the name of an app
  edit CHANNEL|@PERSON TS TEXT…         changes a message of yours
  delete CHANNEL|@PERSON TS             deletes a message
  create NAME [-p]                      opens a channel (-p: a private one)
  join CHANNEL, leave CHANNEL           your part in a channel
  invite CHANNEL PERSON…                lets others in
  members CHANNEL                       who is in a channel
  export                                everything, with what was edited and deleted; for administrators
`;

type Fields = Readonly<Record<string, unknown>>;

interface Message {
  readonly ts: string;
  readonly user?: string;
  readonly username?: string;
  readonly text: string;
  readonly edited?: unknown;
  readonly reply_count?: number;
  readonly thread_ts?: string;
}

interface Channel {
  readonly id: string;
  readonly name?: string;
  readonly is_private?: boolean;
  readonly is_member?: boolean;
  readonly num_members?: number;
  readonly users?: readonly string[];
}

interface Chat {
  readonly reach: Reach | undefined;
  readonly context: Context;
}

export function chatCommand(reach: Reach | undefined): Command {
  return command("chat", async ([name = "help", ...args], context) => {
    if (name === "help" || name === "--help") return result(USAGE);
    const run = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!run) return result("", `chat: '${name}' is not a chat command. See 'chat help'.\n`, 2);
    const options = parseOptions(args, { short: "apn:t:b:" });
    if (typeof options === "string") return result("", `chat: ${options}\n`, 2);
    try {
      return await run({ reach, context }, options);
    } catch (error) {
      if (error instanceof UnknownHostError) return result("", `chat: ${error.message}\n`, 6);
      if (error instanceof Refused) return result("", `chat: ${error.code}\n`, 1);
      throw error;
    }
  });
}

/** The API said no. */
class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const COMMANDS: Readonly<Record<string, (chat: Chat, options: Options) => Promise<ExecResult>>> = {
  channels: list,
  read,
  post,
  edit: async (chat, { operands: [where = "", ts = "", ...words] }) => {
    await call(chat, "chat.update", { channel: await place(chat, where), ts, text: words.join(" ") });
    return result("");
  },
  delete: async (chat, { operands: [where = "", ts = ""] }) => {
    await call(chat, "chat.delete", { channel: await place(chat, where), ts });
    return result("");
  },
  create: async (chat, options) => {
    const [name = ""] = options.operands;
    await call(chat, "conversations.create", { name: bare(name), is_private: options.has("p") });
    return result("");
  },
  join: async (chat, { operands: [where = ""] }) => {
    await call(chat, "conversations.join", { channel: bare(where) });
    return result("");
  },
  leave: async (chat, { operands: [where = ""] }) => {
    await call(chat, "conversations.leave", { channel: bare(where) });
    return result("");
  },
  invite: async (chat, { operands: [where = "", ...people] }) => {
    await call(chat, "conversations.invite", { channel: bare(where), users: people.join(",") });
    return result("");
  },
  members: async (chat, { operands: [where = ""] }) => {
    const { members } = await call(chat, "conversations.members", { channel: bare(where) });
    const names = await namesOf(chat);
    return result((members as string[]).map((id) => `${names.get(id) ?? id}\n`).join(""));
  },
  export: async (chat) => result(`${JSON.stringify(await ask(chat, "/export", {}), null, 2)}\n`),
};

async function list(chat: Chat, options: Options): Promise<ExecResult> {
  const types = `public_channel,private_channel${options.has("a") ? ",im,mpim" : ""}`;
  const { channels } = await call(chat, "conversations.list", { types });
  const names = await namesOf(chat);
  const rows = (channels as Channel[]).map((it) => {
    const people = (it.users ?? []).map((id) => names.get(id) ?? id).join(", ");
    const name = it.name === undefined ? `direct: ${people}` : `#${it.name}`;
    const notes = [...(it.is_private ? ["private"] : []), ...(it.is_member === false ? ["not joined"] : [])];
    return `${name}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}\n`;
  });
  return result(rows.join(""));
}

async function read(chat: Chat, options: Options): Promise<ExecResult> {
  const [where = ""] = options.operands;
  const channel = await place(chat, where);
  const ts = options.value("t");
  const limit = options.value("n") ?? "20";
  const answer =
    ts === undefined
      ? await call(chat, "conversations.history", { channel, limit })
      : await call(chat, "conversations.replies", { channel, ts });
  const messages = answer["messages"] as Message[];
  const names = await namesOf(chat);
  const ordered = ts === undefined ? messages.toReversed() : messages;
  return result(ordered.map((message) => shown(message, names)).join(""));
}

/** "2026-03-03 09:00  mina  Good morning  (1772528400.000001)". */
function shown(message: Message, names: ReadonlyMap<string, string>): string {
  const { ts, user = "", username, text, edited, reply_count: count = 0 } = message;
  const at = new Date(Number(ts.split(".")[0]) * 1000).toISOString().slice(0, 16).replace("T", " ");
  const who = username === undefined ? (names.get(user) ?? user) : `${username} (app)`;
  const notes = [
    ...(edited === undefined ? [] : ["edited"]),
    ...(count > 0 ? [`${count} ${count === 1 ? "reply" : "replies"}`] : []),
    ts,
  ];
  const readable = text.replace(/<@(\w+)>/g, (whole, id: string) =>
    names.has(id) ? `@${names.get(id)}` : whole,
  );
  return `${at}  ${who}  ${readable.replaceAll("\n", "\n    ")}  (${notes.join(", ")})\n`;
}

async function post(chat: Chat, options: Options): Promise<ExecResult> {
  const [where = "", ...words] = options.operands;
  const text = words.length > 0 ? words.join(" ") : stdinText(chat.context).trimEnd();
  const names = await namesOf(chat);
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  const told = text.replace(/(?<![\w@])@([a-z][\w-]*)/g, (whole, name: string) =>
    ids.has(name) ? `<@${ids.get(name)}>` : whole,
  );
  const [thread, app] = [options.value("t"), options.value("b")];
  const { ts } = await call(chat, "chat.postMessage", {
    channel: await place(chat, where),
    text: told,
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...(app === undefined ? {} : { username: app }),
  });
  return result(`${String(ts)}\n`);
}

/** A channel as it is named, or the conversation with @PERSON, which opens by that. */
async function place(chat: Chat, where: string): Promise<string> {
  if (!where.startsWith("@")) return bare(where);
  const { channel } = await call(chat, "conversations.open", { users: where.slice(1) });
  return (channel as Channel).id;
}

function bare(name: string): string {
  return name.replace(/^#/, "");
}

async function namesOf(chat: Chat): Promise<Map<string, string>> {
  const { members } = await call(chat, "users.list", {});
  return new Map((members as { id: string; name: string }[]).map(({ id, name }) => [id, name]));
}

function call(chat: Chat, method: string, fields: Fields): Promise<Fields> {
  return ask(chat, `/api/${method}`, fields);
}

async function ask({ reach }: Chat, path: string, fields: Fields): Promise<Fields> {
  if (!reach) throw new Refused("no network");
  const headers = { "Content-Type": "application/json; charset=utf-8" };
  const body = JSON.stringify(fields);
  const response = await reach(new Request(`${HOST}${path}`, { method: "POST", headers, body }));
  const { ok, error, ...said } = (await response.json()) as Fields;
  if (ok !== true) throw new Refused(typeof error === "string" ? error : "the chat does not answer");
  return said;
}
