/** `gh search`, as far as the forge answers. https://cli.github.com/manual/gh_search */
import type { GhCall } from "./call.ts";
import { absent, type GhCommand, type GhGroup } from "./command.ts";
import { type Fields, printJson } from "./json.ts";
import { author, type Issue, labelsJson } from "./rest.ts";
import { usageError } from "./stop.ts";
import { ago } from "./text.ts";

interface Code {
  readonly path: string;
  readonly sha: string;
  readonly html_url: string;
  readonly repository: { readonly full_name: string };
  readonly text_matches?: readonly { readonly fragment: string }[];
}

interface Found extends Issue {
  readonly repository_url?: string;
}

const FLAGS = `    --author string   Filter by author
    --label strings   Filter on label
-L, --limit int   Maximum number of results to fetch (default 30)
    --owner string   Filter on repository owner
    --repo strings   Filter on repository
    --state string   Filter based on state: {open|closed}`;

const CODE_FIELDS: Fields<Code> = {
  path: (it) => it.path,
  repository: (it) => ({ nameWithOwner: it.repository.full_name }),
  sha: (it) => it.sha,
  textMatches: (it) => it.text_matches ?? [],
  url: (it) => it.html_url,
};

const ISSUE_FIELDS: Fields<Found> = {
  author: (it) => author(it.user),
  body: (it) => it.body ?? "",
  createdAt: (it) => it.created_at,
  isPullRequest: (it) => Boolean(it.pull_request),
  labels: (it) => labelsJson(it.labels),
  number: (it) => it.number,
  repository: (it) => ({ nameWithOwner: repositoryOf(it) }),
  state: (it) => it.state,
  title: (it) => it.title,
  updatedAt: (it) => it.updated_at,
  url: (it) => it.html_url,
};

export const searchGroup: GhGroup = {
  name: "search",
  about: "Search the forge",
  commands: [
    {
      name: "code",
      args: "<query> [flags]",
      about: "Search in code",
      takes: [0, 20],
      json: Object.keys(CODE_FIELDS),
      flags: FLAGS.split("\n")
        .filter((line) => /--(?:limit|owner|repo)/.test(line))
        .join("\n"),
      run: code,
    },
    absent("search commits", "Search for commits"),
    issues("issues", "Search for issues", "is:issue"),
    issues("prs", "Search for pull requests", "is:pr"),
    absent("search repos", "Search for repositories"),
  ],
};

function issues(name: string, about: string, kind: string): GhCommand {
  return {
    name,
    args: "[<query>] [flags]",
    about,
    takes: [0, 20],
    json: Object.keys(ISSUE_FIELDS),
    flags: FLAGS,
    run: (call) => searchIssues(call, kind),
  };
}

function query(call: GhCall, kind: string | null): string {
  const { flags } = call;
  const words = call.args.map((arg) => (/\s/.test(arg) && !arg.includes('"') ? `"${arg}"` : arg));
  const qualifiers = [
    ...["author", "state"].flatMap((name) => (flags.has(name) ? [`${name}:${flags.value(name)}`] : [])),
    ...flags.list("label").map((label) => `label:${/\s/.test(label) ? `"${label}"` : label}`),
    ...flags.list("owner").map((owner) => `user:${owner}`),
    ...flags.list("repo").map((repo) => `repo:${repo}`),
  ];
  if (words.length + qualifiers.length === 0) throw usageError("specify search keywords or flags");
  return [...words, ...qualifiers, ...(kind === null ? [] : [kind])].join(" ");
}

async function searchIssues(call: GhCall, kind: string): Promise<void> {
  const text = encodeURIComponent(query(call, kind));
  const found = await call.list<Found>(`search/issues?q=${text}`, call.flags.number("limit", 30), "items");
  if (await printJson(call, found, ISSUE_FIELDS)) return;
  if (found.length === 0) return call.tell("no results matched your search");
  call.table(
    ["repo", "id", "title", "labels", "updated"],
    found.map((it) => [
      repositoryOf(it),
      call.screen.tty ? `#${it.number}` : String(it.number),
      ...(call.screen.tty ? [] : [it.state]),
      it.title,
      (it.labels ?? []).map(({ name }) => name).join(", "),
      call.screen.tty ? ago(it.updated_at, call.now) : it.updated_at,
    ]),
  );
}

function repositoryOf({ repository_url: url = "" }: Found): string {
  return /\/repos\/([^/]+\/[^/]+)$/.exec(url)?.[1] ?? "";
}

async function code(call: GhCall): Promise<void> {
  const text = encodeURIComponent(query(call, null));
  const found = await call.list<Code>(`search/code?q=${text}`, call.flags.number("limit", 30), "items");
  if (await printJson(call, found, CODE_FIELDS)) return;
  if (found.length === 0) return call.tell("no results matched your search");
  for (const { repository, path, text_matches: matches = [] } of found) {
    if (matches.length === 0) call.out(`${repository.full_name}:${path}\n`);
    for (const { fragment } of matches)
      call.out(`${repository.full_name}:${path}: ${fragment.replace(/\s+/g, " ").trim()}\n`);
  }
}
