/** Mailboxes by address. https://www.rfc-editor.org/rfc/rfc5322 */
import { tableName } from "../../../base/tables.ts";
import { CAST, LEARNER } from "../../person.ts";
import type { ServicePorts } from "../../service.ts";

export const FOLDERS = ["inbox", "sent", "spam"] as const;
export type Folder = (typeof FOLDERS)[number];

/** One copy of a message, in one mailbox. */
export interface Mail {
  readonly id: number;
  /** The same for all copies. */
  readonly message: number;
  /** Address of the mailbox, in lower case. */
  readonly mailbox: string;
  readonly folder: Folder;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly atMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly read: boolean;
}

export interface Draft {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where recipients find it; a filter put it there. */
  readonly folder?: Folder;
}

/** By id. */
export const MAILS = tableName<Mail>("mail/messages");

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;

/** The bare address of `Name <address>`, in lower case; null where there is none. */
export function addressOf(text: string): string | null {
  const bare = (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
  return ADDRESS.test(bare) ? bare : null;
}

/** Puts a message into the mailboxes of those it is for, and a copy into its sender's. Returns its number. */
export function deliver(ports: ServicePorts, draft: Draft): number {
  const message = ports.tables.next("mail/message");
  const from = addressOf(draft.from) ?? draft.from;
  const copies = [...new Set([...draft.to, ...(draft.cc ?? [])].flatMap((it) => addressOf(it) ?? []))];
  put(ports, draft, message, from, "sent");
  for (const mailbox of copies) put(ports, draft, message, mailbox, draft.folder ?? "inbox");
  if (copies.includes(LEARNER.email)) received(ports, draft, message, from);
  ports.schedule(ports.now(), "mail/delivered", { message });
  return message;
}

function put(ports: ServicePorts, draft: Draft, message: number, mailbox: string, folder: Folder): void {
  const id = ports.tables.next("mail/copy");
  const { from, to, subject, body } = draft;
  const domain = (addressOf(from) ?? "mail.lantern-tides.test").split("@").at(-1);
  ports.tables.of(MAILS).set(String(id), {
    id,
    message,
    mailbox,
    folder,
    from,
    to,
    cc: draft.cc ?? [],
    subject,
    body,
    atMs: ports.now(),
    headers: { "Message-ID": `<${message}@${domain}>`, ...draft.headers },
    read: folder === "sent",
  });
}

function received(ports: ServicePorts, { subject }: Draft, message: number, from: string): void {
  const who = CAST.find(({ email }) => email === from)?.side === "colleague" ? "colleague" : "provider";
  ports.event({
    who,
    kind: "mail.received",
    what: `Mail from ${from}: ${subject.slice(0, 120)}`,
    data: { message, from, subject },
  });
}

/** Newest first, as mail programs list them. Looking: leaves no trace. */
export function mailbox({ tables }: Pick<ServicePorts, "tables">, address: string, folder: Folder): Mail[] {
  const wanted = address.toLowerCase();
  return tables
    .of(MAILS)
    .filter((mail) => mail.mailbox === wanted && mail.folder === folder)
    .reverse();
}

/** The message as its sender wrote it. */
export function messageOf({ tables }: Pick<ServicePorts, "tables">, message: number): Mail | undefined {
  return tables.of(MAILS).find((mail) => mail.message === message);
}

export function markRead({ tables }: Pick<ServicePorts, "tables">, id: number): void {
  if (tables.of(MAILS).get(String(id))?.read === false) tables.of(MAILS).change(String(id), { read: true });
}
