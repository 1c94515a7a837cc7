/** `gh ruleset`. https://cli.github.com/manual/gh_ruleset */
import type { GhCall } from "./call.ts";
import type { GhGroup } from "./command.ts";
import { fullName } from "./repository.ts";
import type { Repo, Rule } from "./rest.ts";
import { GhStop, usageError } from "./stop.ts";
import { browse } from "./subject.ts";
import { plural } from "./text.ts";

interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly source_type: string;
  readonly enforcement: string;
  readonly current_user_can_bypass?: string;
  readonly bypass_actors?: readonly {
    readonly actor_id: number | null;
    readonly actor_type: string;
    readonly bypass_mode: string;
  }[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null;
  readonly rules?: readonly Rule[];
}

const WHERE = `-o, --org string   Organization name if the provided ID is an organization-level ruleset
-p, --parents   Whether to include rulesets configured at higher levels that also apply (default true)
-w, --web   Open the page of rulesets in the browser`;

export const rulesetGroup: GhGroup = {
  name: "ruleset",
  about: "View rulesets of repositories and organizations",
  repoFlag: true,
  commands: [
    {
      name: "check",
      args: "[<branch>] [flags]",
      about: "View the rules that apply to a branch",
      takes: [0, 1],
      flags: `    --default   Check rules on default branch
-w, --web   Open the branch rules page in a web browser`,
      run: check,
    },
    {
      name: "list",
      aliases: ["ls"],
      about: "List rulesets",
      flags: `-L, --limit int   Maximum number of rulesets to list (default 30)
${WHERE}`,
      run: list,
    },
    {
      name: "view",
      args: "[<ruleset-id>] [flags]",
      about: "View a ruleset",
      takes: [0, 1],
      flags: WHERE,
      run: view,
    },
  ],
};

async function rulesetsPath(call: GhCall): Promise<string> {
  const org = call.flags.value("org");
  if (org !== undefined && call.repoNamed)
    throw usageError("only one of `--repo` and `--org` may be specified");
  return org === undefined ? `${await call.at()}/rulesets` : `orgs/${org}/rulesets`;
}

function parents(call: GhCall): boolean {
  return !call.flags.has("parents") || call.flags.on("parents");
}

async function list(call: GhCall): Promise<void> {
  const limit = call.flags.number("limit", 30);
  if (limit < 1) throw usageError(`invalid limit: ${limit}`);
  const path = await rulesetsPath(call);
  const org = call.flags.value("org");
  const place = org ?? fullName(await call.repo());
  if (call.flags.on("web"))
    return browse(
      call,
      `https://forge.test/${org === undefined ? place : `organizations/${org}/settings`}/rules`,
    );
  const found = await call.list<Ruleset>(`${path}?includes_parents=${String(parents(call))}`, limit);
  if (found.length === 0)
    return call.tell(`no rulesets found in ${place}${parents(call) ? " or its parents" : ""}`);
  if (call.screen.tty)
    call.out(
      `\nShowing ${found.length} of ${plural(found.length, "ruleset")} in ${place}${parents(call) ? " and its parents" : ""}\n\n`,
    );
  const rows: string[][] = [];
  for (const it of found) {
    const { rules = [] } = it.rules ? it : ((await call.find<Ruleset>(`${path}/${it.id}`)) ?? it);
    rows.push([String(it.id), it.name, sourceOf(it), it.enforcement, String(rules.length)]);
  }
  call.table(["id", "name", "source", "status", "rules"], rows);
}

function sourceOf({ source, source_type: type }: Ruleset): string {
  return `${source} (${type === "Organization" ? "org" : "repo"})`;
}

async function view(call: GhCall): Promise<void> {
  const [id] = call.args;
  if (id === undefined && !call.attended)
    throw usageError("a ruleset ID must be provided when not running interactively");
  const wanted = id ?? (await call.ask("Ruleset ID")).trim();
  if (!/^\d+$/.test(wanted)) throw usageError(`invalid value for ruleset ID: ${wanted} is not an integer`);
  const path = await rulesetsPath(call);
  const ruleset = await call.get<Ruleset>(`${path}/${wanted}`);
  if (call.flags.on("web")) return browse(call, `https://forge.test/${ruleset.source}/rules/${ruleset.id}`);
  call.out(viewText(call, ruleset));
}

function viewText(call: GhCall, it: Ruleset): string {
  const title = (text: string) => call.paint(text, "bold");
  const bypass = (it.bypass_actors ?? []).map(
    ({ actor_type, actor_id, bypass_mode }) =>
      `- ${actor_type} (ID: ${String(actor_id)}), mode: ${bypass_mode}\n`,
  );
  const conditions = Object.entries(it.conditions ?? {}).map(
    ([name, value]) => `- ${name}: ${parametersText(value)}\n`,
  );
  return [
    `\n${title(it.name)}\nID: ${call.paint(String(it.id), "cyan")}\nSource: ${it.source} (${it.source_type})\nEnforcement: ${enforcementText(it)}\n`,
    ...(it.current_user_can_bypass
      ? [`You can bypass: ${it.current_user_can_bypass.replaceAll("_", " ")}\n`]
      : []),
    `\n${title("Bypass List")}\n${bypass.join("") || "This ruleset cannot be bypassed\n"}`,
    `\n${title("Conditions")}\n${conditions.join("") || "No conditions configured\n"}`,
    `\n${title("Rules")}\n${(it.rules ?? []).map((rule) => `${ruleText(rule)}\n`).join("") || "No rules configured\n"}`,
  ].join("");
}

function enforcementText({ enforcement }: Ruleset): string {
  if (enforcement === "active") return "Active";
  return enforcement === "evaluate" ? "Evaluate Mode (not enforced)" : "Disabled";
}

function ruleText({ type, parameters }: Rule): string {
  const text = parametersText(parameters ?? {});
  return text === "" ? `- ${type}` : `- ${type}: ${text}`;
}

function parametersText(parameters: Readonly<Record<string, unknown>>): string {
  return Object.keys(parameters)
    .sort()
    .map((name) => `[${name}: ${goText(parameters[name])}]`)
    .join(" ");
}

/** As Go prints a value. */
function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (value === null || value === undefined) return "<nil>";
  if (typeof value !== "object") return String(value as string | number | boolean);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([name, it]) => `${name}:${goText(it)}`).join(" ")}]`;
}

async function check(call: GhCall): Promise<void> {
  const { flags } = call;
  if (flags.on("default") && call.args.length > 0)
    throw usageError("branch argument and `--default` may not be specified together");
  const branch = flags.on("default")
    ? (await call.get<Repo>(await call.at())).default_branch
    : (call.args[0] ?? (await ownBranch(call)));
  const repo = fullName(await call.repo());
  if (flags.on("web"))
    return browse(call, `https://forge.test/${repo}/rules?ref=${encodeURIComponent(`refs/heads/${branch}`)}`);
  const rules = await call.list<Rule>(`${await call.at()}/rules/branches/${encodeURIComponent(branch)}`);
  call.out(
    `${plural(rules.length, "rule")} ${rules.length === 1 ? "applies" : "apply"} to branch ${branch} in repo ${repo}\n\n`,
  );
  const text = (rule: Rule) =>
    `${ruleText(rule)}\n  (configured in ruleset ${rule.ruleset_id ?? ""} from ${(rule.ruleset_source_type ?? "repository").toLowerCase()} ${rule.ruleset_source ?? repo})\n\n`;
  call.out(rules.map(text).join(""));
}

async function ownBranch(call: GhCall): Promise<string> {
  if (call.repoNamed) throw usageError("branch argument required when using the `--repo` flag");
  const branch = await call.branch();
  if (branch === null) throw new GhStop("could not determine current branch: git: not on any branch");
  return branch;
}
