/** The company's chat: channels, what was said there, and a line to say something. */
import { useEffect, useState } from "preact/hooks";
import { change, labTime, useLook } from "../forge/looking.ts";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { Tag } from "../workbench/EvidenceLink.tsx";
import {
  CHAT,
  CHANNELS,
  channelsIn,
  historyUrl,
  messagesIn,
  ownIn,
  repliesUrl,
  USERS,
  usersIn,
  WHO,
} from "./looking.ts";
import {
  channelTitle,
  messageTime,
  nameOfUser,
  withNames,
  type ChannelJson,
  type ChatMessageJson,
  type UserJson,
} from "./news.ts";
import { see } from "./people-place.ts";

export function Chat() {
  const bench = useBench();
  const t = useText();
  const looks = useLook([WHO, USERS, CHANNELS]);
  if (looks === null) return <p class="empty">{t("Looking…")}</p>;
  const [who, people, list] = looks;
  const channels = channelsIn(list);
  if (channels === null)
    return <p class="empty">{t("The chat does not answer. The terminal works without it.")}</p>;
  const channel = channels.find(({ id }) => id === bench.people.channel.value) ?? channels[0];
  if (!channel)
    return <p class="empty">{t("No channel yet. Messages stand here once somebody opens one.")}</p>;
  const users = usersIn(people);
  const own = ownIn(who);
  return (
    <>
      {channels.length > 1 && <ChannelChoice {...{ channels, users, own }} current={channel.id} />}
      <Conversation key={channel.id} {...{ channel, users, own }} />
    </>
  );
}

interface ChannelChoiceProps {
  readonly channels: readonly ChannelJson[];
  readonly users: readonly UserJson[];
  readonly own: string;
  readonly current: string;
}

function ChannelChoice({ channels, users, own, current }: ChannelChoiceProps) {
  const bench = useBench();
  const t = useText();
  const { news, seen, channel } = bench.people;
  const unread = (id: string) =>
    (news.value ?? []).filter((it) => it.kind === "chat" && it.place === id && !seen.value.has(it.id)).length;
  return (
    <label class="chat-channels">
      {t("Channel")}
      <select
        class="panel-field"
        value={current}
        onChange={(event) => (channel.value = event.currentTarget.value)}
      >
        {channels.map((it) => {
          const title = channelTitle(it, users, own);
          const n = unread(it.id);
          return (
            <option key={it.id} value={it.id}>
              {n === 0 ? title : t("{page}, {n} unread", { page: title, n })}
            </option>
          );
        })}
      </select>
    </label>
  );
}

interface ConversationProps {
  readonly channel: ChannelJson;
  readonly users: readonly UserJson[];
  readonly own: string;
}

function Conversation({ channel, users, own }: ConversationProps) {
  const bench = useBench();
  const t = useText();
  const [look] = useLook([historyUrl(channel.id)]) ?? [];
  const messages = [...messagesIn(look)].reverse();
  const threads = messages.filter(({ reply_count = 0 }) => reply_count > 0);
  const replies = useLook(threads.map(({ ts }) => repliesUrl(channel.id, ts))) ?? [];
  const { people, session } = bench;
  const ids = (people.news.value ?? []).filter(({ place }) => place === channel.id).map(({ id }) => id);
  useEffect(() => see(people, session.record.value?.id, ids), [ids.join("\n")]);
  const title = channelTitle(channel, users, own);
  const answers = (ts: string) =>
    messagesIn(replies[threads.findIndex((it) => it.ts === ts)]).filter((it) => it.ts !== ts);
  return (
    <>
      <div class="chat-body scroll" data-focus tabIndex={0} role="group" aria-label={title}>
        {look && messages.length === 0 && <p class="empty">{t("Nobody wrote here yet.")}</p>}
        <ol class="chat-list" aria-label={t("Messages in {channel}", { channel: title })}>
          {messages.map((message) => (
            <li key={message.ts}>
              <Said message={message} users={users} />
              {answers(message.ts).length > 0 && (
                <ol class="chat-replies" aria-label={t("Answers")}>
                  {answers(message.ts).map((it) => (
                    <li key={it.ts}>
                      <Said message={it} users={users} />
                    </li>
                  ))}
                </ol>
              )}
            </li>
          ))}
        </ol>
      </div>
      {channel.is_member === false ? <Join channel={channel} /> : <Write channel={channel} title={title} />}
    </>
  );
}

function Said({
  message,
  users,
}: {
  readonly message: ChatMessageJson;
  readonly users: readonly UserJson[];
}) {
  const bench = useBench();
  const t = useText();
  const { shown, shownIn } = bench;
  const item = shownIn.value === "people" ? shown.value : null;
  const mentioned = item?.evidence.surface === "chat" && item.evidence.at.includes(message.ts);
  return (
    <article data-shown={mentioned}>
      <p class="chat-who">
        <strong>{message.username ?? nameOfUser(users, message.user)}</strong>{" "}
        <span class="time">{labTime(bench, messageTime(message))}</span>
        {message.edited !== undefined && <span class="small-line"> {t("edited")}</span>}
        {mentioned && item && <Tag number={item.number} />}
      </p>
      <p class="chat-text">{withNames(message.text, users)}</p>
    </article>
  );
}

function Join({ channel }: { readonly channel: ChannelJson }) {
  const bench = useBench();
  const t = useText();
  return (
    <p class="chat-write">
      <button
        type="button"
        class="button"
        onClick={() =>
          void change(bench, {
            method: "POST",
            url: `${CHAT}/conversations.join?channel=${channel.id}`,
            done: t("You are in #{channel} now.", { channel: channel.name ?? "" }),
          })
        }
      >
        {t("Join to write here")}
      </button>
    </p>
  );
}

function Write({ channel, title }: { readonly channel: ChannelJson; readonly title: string }) {
  const bench = useBench();
  const t = useText();
  const [text, setText] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === "") return;
    const sent = await change(bench, {
      method: "POST",
      url: `${CHAT}/chat.postMessage`,
      form: { channel: channel.id, text },
      done: t("The message is in {channel}.", { channel: title }),
    });
    if (sent) setText("");
  };
  return (
    <form class="chat-write" onSubmit={(event) => void send(event)}>
      <label class="sr-only" for="chat-text">
        {t("Message to {channel}", { channel: title })}
      </label>
      <input
        id="chat-text"
        class="panel-field"
        autocomplete="off"
        placeholder={t("Message to {channel}", { channel: title })}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {t("Send")}
      </button>
    </form>
  );
}
