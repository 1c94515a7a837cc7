/** What people wrote to the learner: mail and chat as one list, and which of it is new. Pure. */

export interface MailJson {
  readonly id: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly date: string;
  readonly folder: string;
}

export interface ChatMessageJson {
  readonly ts: string;
  readonly user?: string;
  readonly username?: string;
  readonly text: string;
  readonly edited?: unknown;
  readonly thread_ts?: string;
  readonly reply_count?: number;
}

export interface ChannelJson {
  readonly id: string;
  readonly name?: string;
  readonly is_member?: boolean;
  readonly is_private?: boolean;
  readonly is_im?: boolean;
  readonly is_mpim?: boolean;
  /** Of a direct conversation: ids of everybody in it. */
  readonly users?: readonly string[];
  readonly topic?: { readonly value: string };
}

export interface UserJson {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
}

/** One thing that somebody else wrote. */
export interface News {
  /** "mail 3", "chat C00000001 1772528400.000001". */
  readonly id: string;
  readonly kind: "mail" | "chat";
  /** The id of the mail, or of the channel. */
  readonly place: string;
  readonly from: string;
  /** ISO 8601. */
  readonly at: string;
}

/** "Teo <teo@lantern-tides.test>" → "Teo". */
export function senderName(sender: string): string {
  return sender.replace(/\s*<[^>]*>\s*$/, "") || sender;
}

export function mailNews(mails: readonly MailJson[]): News[] {
  return mails
    .filter(({ folder }) => folder === "inbox")
    .map(({ id, from, date }) => ({
      id: `mail ${id}`,
      kind: "mail",
      place: String(id),
      from: senderName(from),
      at: date,
    }));
}

export function messageTime({ ts }: Pick<ChatMessageJson, "ts">): string {
  return new Date(Math.floor(Number(ts)) * 1000).toISOString();
}

export function nameOfUser(users: readonly UserJson[], id: string | undefined): string {
  return users.find((user) => user.id === id)?.real_name ?? id ?? "";
}

/** What others wrote in one channel; `own` is the learner's id. */
export function chatNews(
  { id: place }: ChannelJson,
  messages: readonly ChatMessageJson[],
  users: readonly UserJson[],
  own: string,
): News[] {
  return messages
    .filter(({ user, username }) => user !== own || username !== undefined)
    .map((message) => ({
      id: `chat ${place} ${message.ts}`,
      kind: "chat",
      place,
      from: message.username ?? nameOfUser(users, message.user),
      at: messageTime(message),
    }));
}

/** "<@U00001001>" → "@Mina". */
export function withNames(text: string, users: readonly UserJson[]): string {
  return text.replace(/<@(\w+)>/g, (whole, id: string) => {
    const user = users.find((it) => it.id === id);
    return user ? `@${user.real_name}` : whole;
  });
}

/** "#general", or the names of the others. */
export function channelTitle(channel: ChannelJson, users: readonly UserJson[], own: string): string {
  if (channel.name !== undefined) return `#${channel.name}`;
  const others = (channel.users ?? []).filter((id) => id !== own);
  return others.map((id) => nameOfUser(users, id)).join(", ");
}

export interface Unread {
  readonly mail: number;
  readonly chat: number;
}

export function unreadOf(news: readonly News[], seen: ReadonlySet<string>): Unread {
  const open = news.filter(({ id }) => !seen.has(id));
  const mail = open.filter(({ kind }) => kind === "mail").length;
  return { mail, chat: open.length - mail };
}

/** What was not there at the last look. Nothing is new at the first. */
export function arrived(before: readonly News[] | null, now: readonly News[]): readonly News[] {
  if (before === null) return [];
  const known = new Set(before.map(({ id }) => id));
  return now.filter(({ id }) => !known.has(id));
}
