/** What colleagues do when they are written to. The mail service tells of each message that it delivered. */
import type { LabBundle } from "../lab/bundle.ts";
import { personOf } from "../world/person.ts";
import type { Scheduled } from "../world/queue.ts";
import { addressOf, MAILS, type Mail } from "../world/services/mail/mail.ts";
import type { World } from "../world/world.ts";
import type { Setting } from "./input.ts";
import { PLAY, scaledMs } from "./timetable.ts";

/** Schedules every answer of the lab that a delivered message deserves. */
export async function answerMail(
  world: World,
  { manifest }: LabBundle,
  setting: Setting,
  { payload }: Scheduled,
): Promise<void> {
  const mail = world.tables.of(MAILS).find(({ message }) => message === payload["message"]);
  if (!mail) return;
  for (const [entry, { to, when, after }] of manifest.replies.entries())
    if (isTo(mail, to) && new RegExp(when, "i").test(`${mail.subject}\n${mail.body}`))
      world.queue.schedule(world.clock.now() + scaledMs(after, setting), PLAY, { entry, reply: true });
}

/** `asked` is a login, an address, or the part before the @. */
function isTo({ to, cc }: Mail, asked: string): boolean {
  const address = personOf(asked)?.email ?? asked.toLowerCase();
  return [...to, ...cc]
    .map((it) => addressOf(it) ?? "")
    .some((it) => it === address || it.split("@")[0] === address);
}
