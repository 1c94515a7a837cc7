/** `gh release view` and `list`. https://cli.github.com/manual/gh_release */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import { loginOf, type Release } from "../rest.ts";
import { usageError } from "../stop.ts";
import { browse } from "../subject.ts";
import { ago, size } from "../text.ts";
import { findRelease, latestId, LIST_FIELDS, RELEASE_FIELDS } from "./find.ts";

export const releaseView: GhCommand = {
  name: "view",
  args: "[<tag>] [flags]",
  about: "View a release",
  takes: [0, 1],
  json: Object.keys(RELEASE_FIELDS),
  flags: "-w, --web   Open the release in the browser",
  run: view,
};

export const releaseList: GhCommand = {
  name: "list",
  aliases: ["ls"],
  about: "List releases of a repository",
  json: Object.keys(LIST_FIELDS),
  flags: `    --exclude-drafts   Exclude draft releases
    --exclude-pre-releases   Exclude pre-releases
-L, --limit int   Maximum number of items to fetch (default 30)
-O, --order string   Order of releases returned: {asc|desc} (default "desc")`,
  run: list,
};

async function view(call: GhCall): Promise<void> {
  const release = await findRelease(call, call.args[0]);
  if (call.flags.on("web")) return browse(call, release.html_url);
  if (await printJson(call, release, RELEASE_FIELDS)) return;
  call.out(call.screen.tty ? decorated(call, release) : plain(release));
}

function plain(release: Release): string {
  const rows = [
    ["title", release.name ?? ""],
    ["tag", release.tag_name],
    ["draft", String(release.draft)],
    ["prerelease", String(release.prerelease)],
    ["author", loginOf(release.author)],
    ["created", release.created_at],
    ...(release.draft ? [] : [["published", release.published_at ?? ""]]),
    ["url", release.html_url],
    ...(release.assets ?? []).map(({ name }) => ["asset", name]),
  ];
  const body = release.body ?? "";
  return `${rows.map(([name, text]) => `${name}:\t${text}\n`).join("")}--\n${body}${body.endsWith("\n") ? "" : "\n"}`;
}

function decorated(call: GhCall, release: Release): string {
  const kind = release.draft
    ? [call.paint("Draft", "red")]
    : release.prerelease
      ? [call.paint("Pre-release", "yellow")]
      : [];
  const when = release.draft
    ? `created this ${ago(release.created_at, call.now)}`
    : `released this ${ago(release.published_at, call.now)}`;
  const assets = (release.assets ?? []).map(({ name, size: bytes }) => `${name}  ${size(bytes)}\n`).join("");
  return [
    call.paint(release.tag_name, "bold"),
    ...kind,
    call.paint(`${loginOf(release.author)} ${when}`, "gray"),
    "",
    `  ${(release.body ?? "").trim().replaceAll("\n", "\n  ")}`,
    "",
    ...(assets === "" ? [] : [`${call.paint("Assets", "bold")}\n${assets}`]),
    call.paint(`View on GitHub: ${release.html_url}`, "gray"),
    "",
  ].join("\n");
}

async function list(call: GhCall): Promise<void> {
  const { flags } = call;
  const limit = flags.number("limit", 30);
  if (limit < 1) throw usageError(`invalid limit: ${limit}`);
  const all = await call.list<Release>(`${await call.at()}/releases`);
  if (flags.value("order") === "asc") all.reverse();
  const shown = all
    .filter(
      ({ draft, prerelease }) =>
        !(draft && flags.on("exclude-drafts")) && !(prerelease && flags.on("exclude-pre-releases")),
    )
    .slice(0, limit);
  if (await printJson(call, shown, LIST_FIELDS)) return;
  if (shown.length === 0) return call.tell("no releases found");
  const latest = await latestId(call);
  call.table(
    ["title", "type", "tag name", "published"],
    shown.map((release) => {
      const time = release.published_at ?? release.created_at;
      return [
        release.name || release.tag_name,
        kindOf(release, latest),
        release.tag_name,
        call.screen.tty ? ago(time, call.now) : time,
      ];
    }),
  );
}

function kindOf({ id, draft, prerelease }: Release, latest: number | null): string {
  if (id === latest) return "Latest";
  return draft ? "Draft" : prerelease ? "Pre-release" : "";
}
