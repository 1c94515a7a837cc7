/** What mail scheduled: `mail/delivered {message}`, and what support of the forge does about a letter. */
import type { Scheduled } from "../../queue.ts";
import type { Forge } from "../forge/forge.ts";
import { messageOf } from "./mail.ts";
import { answerLetter, confirmPurge, isForSupport, takeLetter } from "./support.ts";

export const DELIVERED = "mail/delivered";

export function mailHappens(forge: Forge, { kind, payload }: Scheduled): void {
  const mail = messageOf(forge.ports, Number(payload["message"]));
  if (!mail) return;
  if (kind === DELIVERED && isForSupport(mail)) takeLetter(forge, mail);
  if (kind === "mail/support") answerLetter(forge, mail);
  if (kind === "mail/purged") confirmPurge(forge, mail, Number(payload["ticket"]));
}
