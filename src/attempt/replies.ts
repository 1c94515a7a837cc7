/** What colleagues do when they are written to, by mail or in the chat: both tell of each message. */
import type { LabBundle } from "../lab/bundle.ts";
import { personOf } from "../world/person.ts";
import { START_MS } from "../world/clock.ts";
import type { WorldEvent } from "../world/event.ts";
import type { Scheduled } from "../world/queue.ts";
import { messageOf, userId } from "../world/services/chat/chat.ts";
import { CHANNELS, type Channel, type Message } from "../world/services/chat/model.ts";
import { addressOf, MAILS, type Mail } from "../world/services/mail/mail.ts";
import type { World } from "../world/world.ts";
import type { Setting } from "./input.ts";
import { scaledMs } from "./scale.ts";
import { PLAY } from "./timetable.ts";

/** Schedules every answer of the lab that a delivered message deserves. */
export async function answerMail(
  world: World,
  { manifest }: LabBundle,
  setting: Setting,
  { payload }: Scheduled,
): Promise<void> {
  const mail = world.tables.of(MAILS).find(({ message }) => message === payload["message"]);
  if (!mail) return;
  for (const [entry, { to, via, when, after }] of manifest.replies.entries())
    if (via !== "chat" && isTo(mail, to) && new RegExp(when, "i").test(`${mail.subject}\n${mail.body}`))
      world.queue.schedule(world.clock.now() + scaledMs(after, setting), PLAY, { entry, reply: true });
}

/** Schedules the answers that a message in the chat deserves. People do not answer themselves. */
export function answerChat({ manifest }: LabBundle, setting: Setting) {
  return (world: World, { kind, data, atMs }: WorldEvent): void => {
    if (kind !== "chat.posted" || world.clock.now() < START_MS) return;
    const channel = world.tables.of(CHANNELS).get(String(data["channel"]));
    const message = channel && messageOf(world, channel, String(data["ts"]));
    if (!message) return;
    for (const [entry, { to, via, by, when, after }] of manifest.replies.entries())
      if (
        via !== "mail" &&
        by !== message.user &&
        isSaidTo(channel, message, to) &&
        new RegExp(when, "i").test(message.text)
      )
        world.queue.schedule(atMs + scaledMs(after, setting), PLAY, { entry, reply: true });
  };
}

/** In its channel, by name, or to them alone. */
function isSaidTo({ kind, name, members }: Channel, { text, user }: Message, asked: string): boolean {
  if (asked.startsWith("#")) return kind !== "direct" && name === asked.slice(1);
  const person = personOf(asked);
  if (!person || user === asked) return false;
  return kind === "direct"
    ? members.includes(asked)
    : text.includes(`<@${userId(person)}>`) || text.includes(`@${asked}`);
}

/** `asked` is a login, an address, or the part before the @. */
function isTo({ to, cc }: Mail, asked: string): boolean {
  const address = personOf(asked)?.email ?? asked.toLowerCase();
  return [...to, ...cc]
    .map((it) => addressOf(it) ?? "")
    .some((it) => it === address || it.split("@")[0] === address);
}
