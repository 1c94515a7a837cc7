/** Who a new commit is by: environment, then the reused commit, then --author and --date. */
import type { Committing } from "./committing.ts";
import { parseDate, approxidate } from "../lib/dates.ts";
import { identity, nameProblem } from "../lib/identity.ts";
import type { Commit, Person } from "../lib/objects.ts";
import { resolveCommit } from "../lib/resolve.ts";
import { die, stop } from "../lib/transcript.ts";
import { walkCommits } from "../lib/walk.ts";

export interface Authorship {
  readonly person: Person;
  /** The summary shows the date where it is not simply now. */
  readonly showDate: boolean;
}

export async function commitAuthor(it: Committing): Promise<Authorship> {
  const { call, repo, options } = it;
  const source = options.resetAuthor ? null : await sourceCommit(it);
  if (options.resetAuthor && options.reuse === undefined && !options.amend && it.whence === "commit") {
    die("--reset-author can be used only with -C, -c or --amend.");
  }
  const showDate = source !== null || options.date !== undefined;
  let person = source?.author ?? fresh(it);
  if (options.author !== undefined) person = { ...person, ...(await namedAuthor(it, options.author)) };
  const problem = nameProblem(person.name, person.email);
  if (problem !== null) die(problem);
  if (options.date !== undefined) person = { ...person, ...givenDate(options.date, call.now()) };
  return { person, showDate };

  function fresh({ options: { author } }: Committing): Person {
    const env = new Map(call.env);
    if (author !== undefined) env.set("GIT_AUTHOR_NAME", "x").set("GIT_AUTHOR_EMAIL", "x");
    const result = identity({ env, now: call.now }, repo.config, "author");
    if ("error" in result) stop(result.error, 128);
    return result.person;
  }
}

async function sourceCommit({ repo, options, head, whence }: Committing): Promise<Commit | null> {
  if (options.reuse !== undefined) {
    const commit = await resolveCommit(repo, options.reuse);
    if (!commit) die(`could not lookup commit ${options.reuse}`);
    return commit;
  }
  if (options.amend) return head.commit;
  if (whence !== "cherry-pick" && whence !== "rebase") return null;
  return resolveCommit(repo, "CHERRY_PICK_HEAD");
}

/** `Name <mail>`, or a part of the author line of an existing commit. */
async function namedAuthor(
  { repo, head }: Committing,
  text: string,
): Promise<{ name: string; email: string }> {
  const match = /^\s*([^<]*?)\s*<([^>]*)>\s*$/.exec(text);
  if (match) return { name: match[1] as string, email: (match[2] as string).trim() };
  for await (const { author } of walkCommits(repo, { starts: head.commit ? [head.commit.id] : [] })) {
    if (`${author.name} <${author.email}>`.toLowerCase().includes(text.toLowerCase())) return author;
  }
  die(`--author '${text}' is not 'Name <email>' and matches no existing author`);
}

function givenDate(text: string, now: number): { timestamp: number; timezone: string } {
  const exact = parseDate(text);
  if (exact) return exact;
  const timestamp = /\d|now|today|yesterday|noon|midnight|ago|last|tea|never/i.test(text)
    ? approxidate(text, Math.floor(now / 1000))
    : null;
  if (timestamp === null) die(`invalid date format: ${text}`);
  return { timestamp, timezone: "+0000" };
}
