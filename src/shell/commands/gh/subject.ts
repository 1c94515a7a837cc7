/** What issues and pull requests share: their numbers, titles asked for, comments, labels and people. */
import type { GhCall } from "./call.ts";
import { type RepoName, repoOfUrl } from "./repository.ts";
import type { Comment, Issue, Label } from "./rest.ts";
import { type ExitCode, GhStop, usageError } from "./stop.ts";
import { ago } from "./text.ts";

/** A number, or the address of an issue or pull request, which also names the repository. Null for anything else. */
export function numberIn(call: GhCall, text: string): number | null {
  const [, plain] = /^#?(\d{1,9})$/.exec(text) ?? [];
  if (plain !== undefined) return Number(plain);
  const [, repo, number] =
    /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/(?:issues|pull)\/(\d{1,9})(?:[/?#].*)?$/.exec(text) ?? [];
  const named: RepoName | null = repo === undefined ? null : repoOfUrl(repo);
  if (!named) return null;
  call.choose(named);
  return Number(number);
}

export interface Words {
  readonly title: string;
  readonly body: string;
}

/** Asks for what is missing of title and body; `required` is said where nobody can be asked. */
export async function askWords(
  call: GhCall,
  title: string | undefined,
  body: string | undefined,
  required: string,
): Promise<Words> {
  if (title !== undefined && body !== undefined) return { title: given(title), body };
  if (!call.attended) throw usageError(required);
  const asked = title ?? (await call.ask("Title"));
  return { title: given(asked), body: body ?? (await call.ask("Body")) };
}

function given(title: string): string {
  if (title.trim() === "") throw new GhStop("title can't be blank");
  return title;
}

/** `@me` is whoever is signed in. */
export async function logins(call: GhCall, names: readonly string[]): Promise<string[]> {
  const me = names.includes("@me") ? await call.login() : "";
  return names.map((name) => (name === "@me" ? me : name.replace(/^@/, "")));
}

/** Adds and removes labels and assignees of an issue or pull request as its flags say. */
export async function editPeople(call: GhCall, number: number): Promise<void> {
  const at = `${await call.at()}/issues/${number}`;
  const { flags } = call;
  const add = flags.list("add-label");
  if (add.length > 0) await call.send("POST", `${at}/labels`, { labels: await knownLabels(call, add) });
  for (const name of flags.list("remove-label"))
    await call.send("DELETE", `${at}/labels/${encodeURIComponent(name)}`);
  const assign = await logins(call, flags.list("add-assignee"));
  if (assign.length > 0) await call.send("POST", `${at}/assignees`, { assignees: assign });
  const release = await logins(call, flags.list("remove-assignee"));
  if (release.length > 0) await call.send("DELETE", `${at}/assignees`, { assignees: release });
}

/** The forge would create a label that it does not know; gh refuses. */
export async function knownLabels(call: GhCall, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const known = await call.list<Label>(`${await call.at()}/labels`);
  return names.map((name) => {
    const found = known.find((label) => label.name.toLowerCase() === name.toLowerCase());
    if (!found) throw new GhStop(`could not add label: '${name}' not found`);
    return found.name;
  });
}

export async function comments(call: GhCall, number: number): Promise<Comment[]> {
  return call.list<Comment>(`${await call.at()}/issues/${number}/comments`);
}

export const COMMENT_FLAGS = `-b, --body text   The comment body text
-F, --body-file file   Read body text from file (use "-" to read from standard input)
    --edit-last   Edit the last comment of the current user
-e, --editor   Skip prompts and open the text editor to write the body in
-w, --web   Open the web browser to write the comment`;

/** `gh pr comment` and `gh issue comment`. */
export async function comment(call: GhCall, find: () => Promise<Issue>): Promise<ExitCode | void> {
  const { flags } = call;
  const given = await call.textOf("body", "body-file");
  if (flags.on("editor") || flags.on("web"))
    throw new GhStop("comments written elsewhere: not simulated in LeakLab");
  if (given === undefined && !call.attended)
    throw usageError("flags required when not running interactively");
  const subject = await find();
  const body = given ?? (await call.ask("Body"));
  if (body.trim() === "") throw new GhStop("body cannot be blank");
  const at = await call.at();
  if (!flags.on("edit-last")) {
    const made = await call.send<Comment>("POST", `${at}/issues/${subject.number}/comments`, { body });
    return call.out(`${made.html_url}\n`);
  }
  const me = await call.login();
  const last = (await comments(call, subject.number)).findLast(({ user }) => user?.login === me);
  if (!last) throw new GhStop("no comments found for current user");
  const changed = await call.send<Comment>("PATCH", `${at}/issues/comments/${last.id}`, { body });
  return call.out(`${changed.html_url}\n`);
}

/** A comment as `view --comments` shows it to scripts and to people. */
export function commentText(call: GhCall, it: Comment): string {
  const name = it.user?.login ?? "ghost";
  const association = (it.author_association ?? "none").toLowerCase();
  const body = (it.body ?? "").trimEnd();
  if (!call.screen.tty)
    return `author:\t${name}\nassociation:\t${association}\nedited:\t${String((it.updated_at ?? it.created_at) !== it.created_at)}\nstatus:\tnone\n--\n${body}\n--\n`;
  return `\n${call.paint(name, "bold")} • ${ago(it.created_at, call.now)}\n\n  ${body.replaceAll("\n", "\n  ")}\n\n`;
}

/** Leaves the comment of `--comment`, if there is one. */
export async function closingComment(call: GhCall, number: number): Promise<void> {
  const body = call.flags.value("comment");
  if (body !== undefined) await call.send("POST", `${await call.at()}/issues/${number}/comments`, { body });
}

/** The page in the browser: its address, since there is none. */
export function browse(call: GhCall, url: string): void {
  call.note(`Opening ${url.replace(/^https:\/\//, "")} in your browser.`);
  call.out(`${url}\n`);
}
