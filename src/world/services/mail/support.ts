/**
 * Support of the forge answers mail that asks for a purge of what a rewritten history left behind.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository#fully-removing-the-data-from-github
 */
import { CAST } from "../../person.ts";
import type { Forge } from "../forge/forge.ts";
import { PURGE_MS, requestPurge, TICKETS } from "../forge/support.ts";
import { atLeast, repositoryId, type Repository } from "../forge/model.ts";
import { addressOf, deliver, type Mail } from "./mail.ts";

export const SUPPORT = "support@forge.test";
const SIGNATURE = "\n\nForge Support\n";

/** How long support takes to answer. The purge itself comes PURGE_MS after the letter. */
const ANSWER_MS = 2 * 60_000;

/** What a letter asks for. */
export interface PurgeLetter {
  /** `owner/name` as written. */
  readonly repository: string;
  readonly pulls: readonly number[];
  /** Ids of commits, whole or shortened. */
  readonly commits: readonly string[];
}

/** What can be read out of a letter; the repository is the first name of one that exists, else the first that looks like one. */
export function readLetter(forge: Forge, { subject, body }: Pick<Mail, "subject" | "body">): PurgeLetter {
  const text = `${subject}\n${body}`;
  const names = [
    ...text.matchAll(/(?<![\w.@-])([\w-][\w.-]*\/[\w-][\w.-]*?)(?:\.git)?(?=[\s,;:)/?#"'`]|\.?$|\.\s)/gm),
  ].map((match) => match[1] as string);
  const inUrl = [
    ...text.matchAll(/forge\.test[/:]([\w-][\w.-]*\/[\w-][\w.-]*?)(?:\.git)?(?=[\s,;:)/?#"'`>]|\.?$)/gm),
  ];
  const repositories = [...inUrl.map((match) => match[1] as string), ...names];
  const pulls = [...text.matchAll(/(?:#|\bpulls?\/|\bpull requests?:? *#?|\bPRs?:? *#?)(\d{1,7})\b/gi)];
  const commits = [...text.matchAll(/(?<![\w/.-])[0-9a-f]{7,40}(?![\w-])/g)].map(([id]) => id);
  return {
    repository: repositories.find((name) => forge.find(name)) ?? repositories[0] ?? "",
    pulls: [...new Set(pulls.map((match) => Number(match[1])))].sort((a, b) => a - b),
    // A word of digits alone is a number, not an id.
    commits: [...new Set(commits.filter((id) => /[a-f]/.test(id) || id.length === 40))],
  };
}

/** A letter came: where everything needed is there the purge begins; the answer is written a little later. */
export function takeLetter(forge: Forge, mail: Mail): void {
  const { message } = mail;
  const { schedule, now } = forge.ports;
  const letter = readLetter(forge, mail);
  schedule(now() + ANSWER_MS, "mail/support", { message });
  if (missingIn(forge, letter, mail).length > 0) return;
  const repository = repositoryId(forge.find(letter.repository) as Repository);
  const { id } = requestPurge(forge, { ...letter, repository, from: senderOf(mail) ?? "" });
  // After the purge itself, which was scheduled first for the same time.
  schedule(now() + PURGE_MS, "mail/purged", { message, ticket: id });
}

/** The first answer: what will be done, or what is missing. */
export function answerLetter(forge: Forge, mail: Mail): void {
  const letter = readLetter(forge, mail);
  const missing = missingIn(forge, letter, mail);
  reply(forge, mail, missing.length > 0 ? needMore(missing) : willDo(letter));
}

/** The second: what came of it. */
export function confirmPurge(forge: Forge, mail: Mail, ticket: number): void {
  const done = forge.ports.tables.of(TICKETS).get(String(ticket));
  if (!done) return;
  const more = "Forks and clones that people have are not ours to change: please ask their owners.";
  reply(forge, mail, `${done.repository}: ${done.answer}${done.state === "done" ? `\n\n${more}` : ""}`);
}

function senderOf(mail: Mail): string | null {
  return CAST.find(({ email }) => email === addressOf(mail.from))?.login ?? null;
}

/** What support still has to know; empty where it can begin. */
function missingIn(forge: Forge, letter: PurgeLetter, mail: Mail): string[] {
  if (letter.repository === "")
    return ["the owner and name of the repository (for example owner/name)", ...commitsOf(letter)];
  const repository = forge.find(letter.repository);
  if (!repository)
    return [`the right name of the repository: we do not find ${letter.repository.slice(0, 100)}`];
  if (!atLeast(forge.role(repository, senderOf(mail)), "admin"))
    return ["a request from an administrator of the repository"];
  return commitsOf(letter);
}

function commitsOf({ commits }: PurgeLetter): string[] {
  return commits.length > 0 ? [] : ["the first changed commit(s) that git filter-repo printed"];
}

function needMore(missing: readonly string[]): string {
  return `Thank you for writing. Before we can remove anything we need to know:\n\n${missing.map((it) => `- ${it}`).join("\n")}\n\nPlease also list the pull requests that are affected, and rotate what was exposed first: a copy may exist elsewhere.`;
}

function willDo({ repository, pulls, commits }: PurgeLetter): string {
  const steps = [
    pulls.length > 0
      ? `dereference or delete the references of pull ${listed(pulls)}`
      : "leave pull requests as they are (you named none)",
    `remove what is only reachable from before ${commits.map((id) => id.slice(0, 12)).join(", ")}`,
    "run a garbage collection on the server",
    "remove cached views",
  ];
  return `Thank you. For ${repository} we will:\n\n${steps.map((it) => `- ${it}`).join("\n")}\n\nThis takes about 20 minutes. We write again when it is done.`;
}

function listed(pulls: readonly number[]): string {
  return `request${pulls.length === 1 ? "" : "s"} ${pulls.map((it) => `#${it}`).join(", ")}`;
}

function reply({ ports }: Forge, mail: Mail, text: string): void {
  deliver(ports, {
    from: `Forge Support <${SUPPORT}>`,
    to: [mail.from],
    subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
    body: text + SIGNATURE,
    headers: { "In-Reply-To": mail.headers["Message-ID"] ?? "" },
  });
}

export function isForSupport(mail: Mail): boolean {
  return [...mail.to, ...mail.cc].some((it) => addressOf(it) === SUPPORT);
}
