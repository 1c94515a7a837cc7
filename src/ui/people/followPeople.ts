/** Looks for what people wrote after each change of the world, and says so once. */
import { effect, untracked } from "@preact/signals";
import type { Look } from "../../worker/protocol.ts";
import { labTime } from "../forge/looking.ts";
import { toast, type Bench } from "../workbench/bench.ts";
import { focusPanel } from "../workbench/panels.ts";
import {
  channelsIn,
  CHANNELS,
  historyUrl,
  mailsIn,
  MAIL,
  messagesIn,
  ownIn,
  USERS,
  usersIn,
  WHO,
} from "./looking.ts";
import { arrived, chatNews, mailNews, type News } from "./news.ts";
import { readSeen } from "./people-place.ts";

export function followPeople(bench: Bench): void {
  const { services } = bench.page;
  if (!services.includes("mail") && !services.includes("chat")) return;
  let known: string | undefined;
  effect(() => {
    const attempt = bench.session.record.value?.id;
    if (attempt !== undefined && attempt !== known) {
      known = attempt;
      bench.people.news.value = null;
      bench.people.seen.value = readSeen(attempt);
    }
    if (bench.session.version.value > 0) void untracked(() => look(bench));
  });
}

async function look(bench: Bench): Promise<void> {
  try {
    const now = [...(await mails(bench)), ...(await chats(bench))];
    const fresh = arrived(bench.people.news.value, now);
    bench.people.news.value = now;
    tell(bench, fresh);
  } catch {
    // The worker was ended or replaced: the next change looks again.
  }
}

async function ask(bench: Bench, urls: readonly string[]): Promise<readonly Look[]> {
  return (await bench.session.client?.ask({ ask: "look", urls })) ?? [];
}

async function mails(bench: Bench): Promise<readonly News[]> {
  if (!bench.page.services.includes("mail")) return [];
  const [inbox] = await ask(bench, [`${MAIL}/messages?folder=inbox`]);
  return mailNews(mailsIn(inbox) ?? []);
}

async function chats(bench: Bench): Promise<readonly News[]> {
  if (!bench.page.services.includes("chat")) return [];
  const [who, people, list] = await ask(bench, [WHO, USERS, CHANNELS]);
  const channels = channelsIn(list) ?? [];
  const histories = await ask(
    bench,
    channels.map(({ id }) => historyUrl(id)),
  );
  return channels.flatMap((channel, i) =>
    chatNews(channel, messagesIn(histories[i]), usersIn(people), ownIn(who)),
  );
}

/** One message by its sender; several at once by their number. The line of toasts is a live region. */
function tell(bench: Bench, fresh: readonly News[]): void {
  const [first] = fresh;
  if (!first) return;
  const words = { name: first.from, time: labTime(bench, first.at) };
  const one =
    first.kind === "mail"
      ? bench.t("Mail from {name}, {time}", words)
      : bench.t("{name} in the chat, {time}", words);
  toast(bench, {
    tone: "plain",
    icon: first.kind === "mail" ? "mail" : "people",
    text: fresh.length === 1 ? one : bench.t("{n} new messages", { n: fresh.length }),
    action: { label: bench.t("Read"), run: () => read(bench, first) },
  });
}

export function read(bench: Bench, { kind, place }: News): void {
  bench.people.page.value = kind;
  if (kind === "mail") bench.place.message.value = Number(place);
  else bench.people.channel.value = place;
  focusPanel(bench, "people");
}
