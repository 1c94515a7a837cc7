/** `gh workflow`. https://cli.github.com/manual/gh_workflow */
import { toUtf8 } from "../../../base/bytes.ts";
import type { GhCall } from "./call.ts";
import type { GhGroup } from "./command.ts";
import { type Fields, printJson } from "./json.ts";
import { fullName } from "./repository.ts";
import type { Repo, Run, Workflow } from "./rest.ts";
import { GhStop, usageError } from "./stop.ts";
import { browse } from "./subject.ts";
import { runTable } from "./run/table.ts";
import { baseName, findWorkflow, workflows } from "./workflowFind.ts";

const FIELDS: Fields<Workflow> = {
  id: (it) => it.id,
  name: (it) => it.name,
  path: (it) => it.path,
  state: (it) => it.state,
};

export const workflowGroup: GhGroup = {
  name: "workflow",
  about: "Work with workflows",
  repoFlag: true,
  commands: [
    {
      name: "disable",
      args: "[<workflow-id> | <workflow-name>] [flags]",
      about: "Disable a workflow",
      takes: [0, 1],
      run: (call) => switchTo(call, "disable"),
    },
    {
      name: "enable",
      args: "[<workflow-id> | <workflow-name>] [flags]",
      about: "Enable a workflow",
      takes: [0, 1],
      run: (call) => switchTo(call, "enable"),
    },
    {
      name: "list",
      aliases: ["ls"],
      about: "List workflows",
      json: Object.keys(FIELDS),
      flags: `-a, --all   Include disabled workflows
-L, --limit int   Maximum number of workflows to fetch (default 50)`,
      run: list,
    },
    {
      name: "run",
      args: "[<workflow-id> | <workflow-name>] [flags]",
      about: "Start a workflow with a workflow_dispatch event",
      takes: [0, 1],
      flags: `-F, --field key=value   Add a string parameter in key=value format, respecting @ syntax (see "gh help api").
    --json   Read workflow inputs as JSON via STDIN
-f, --raw-field key=value   Add a string parameter in key=value format
-r, --ref string   Branch or tag name which contains the version of the workflow file you'd like to run`,
      run: dispatch,
    },
    {
      name: "view",
      args: "[<workflow-id> | <workflow-name> | <filename>] [flags]",
      about: "View a workflow and its last runs",
      takes: [0, 1],
      flags: `-r, --ref string   The branch or tag name which contains the version of the workflow file you'd like to view
-w, --web   Open workflow in the browser
-y, --yaml   View the workflow yaml file`,
      run: view,
    },
  ],
};

/** The workflow of the argument, or the one that the person chooses. */
async function chosen(call: GhCall, all: boolean, words: string): Promise<Workflow> {
  const [which] = call.args;
  if (which !== undefined) return findWorkflow(call, which, all);
  if (!call.attended) throw usageError(words);
  const known = (await workflows(call)).map(({ path }) => baseName(path));
  return findWorkflow(call, (await call.ask(`Select a workflow (${known.join(", ")})`)).trim(), all);
}

async function list(call: GhCall): Promise<void> {
  const { flags } = call;
  const limit = flags.number("limit", 50);
  if (limit < 1) throw usageError(`invalid limit: ${limit}`);
  const all = await workflows(call);
  const shown = all.filter(({ state }) => flags.on("all") || state === "active").slice(0, limit);
  if (await printJson(call, shown, FIELDS)) return;
  if (shown.length === 0) return call.tell("no workflows found");
  call.table(
    ["name", "state", "id"],
    shown.map(({ name, state, id }) => [
      { text: name, colour: "bold" },
      state,
      { text: String(id), colour: "cyan" },
    ]),
  );
}

async function switchTo(call: GhCall, to: "enable" | "disable"): Promise<void> {
  const { id, name } = await chosen(
    call,
    true,
    "workflow ID or name required when not running interactively",
  );
  await call.send("PUT", `${await call.at()}/actions/workflows/${id}/${to}`);
  call.tell(`✓ ${to === "enable" ? "Enabled" : "Disabled"} ${name}`);
}

async function dispatch(call: GhCall): Promise<void> {
  const { flags } = call;
  if (flags.on("json") && (flags.has("field") || flags.has("raw-field")))
    throw usageError("specify only one of `--raw-field`/`--field` or `--json`");
  if (call.args.length === 0 && (flags.on("json") || flags.has("field") || flags.has("raw-field")))
    throw usageError("workflow argument required when passing inputs");
  const inputs = flags.on("json") ? jsonInputs(call.stdin) : await fieldInputs(call);
  const words = "workflow ID, name, or filename required when not running interactively";
  const workflow = await chosen(call, false, words);
  const ref = flags.value("ref") ?? (await call.get<Repo>(await call.at())).default_branch;
  await call
    .send("POST", `${await call.at()}/actions/workflows/${workflow.id}/dispatches`, { ref, inputs })
    .catch((error: unknown) => {
      throw error instanceof GhStop
        ? new GhStop(`could not create workflow dispatch event: ${error.message}`)
        : error;
    });
  call.tell(`✓ Created workflow_dispatch event for ${baseName(workflow.path)} at ${ref}`);
  call.tell(
    `\nTo see runs for this workflow, try: gh run list --workflow=${JSON.stringify(baseName(workflow.path))}`,
  );
}

function jsonInputs(text: string): Record<string, unknown> {
  if (text.trim() === "") throw usageError("--json specified but nothing on STDIN");
  try {
    const value = JSON.parse(text) as unknown;
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new GhStop("could not parse provided JSON: it has to be an object of inputs");
}

async function fieldInputs(call: GhCall): Promise<Record<string, string>> {
  const inputs: [string, string][] = [];
  for (const name of ["raw-field", "field"]) {
    for (const pair of call.flags.values(name)) {
      const at = pair.indexOf("=");
      if (at < 0) throw new GhStop(`field ${JSON.stringify(pair)} requires a value separated by an '=' sign`);
      const value = pair.slice(at + 1);
      const file = name === "field" && value.startsWith("@") ? value.slice(1) : null;
      inputs.push([pair.slice(0, at), file === null ? value : toUtf8(await call.fileBytes(file))]);
    }
  }
  return Object.fromEntries(inputs);
}

async function view(call: GhCall): Promise<void> {
  const { flags } = call;
  if (flags.has("ref") && !flags.on("yaml")) throw usageError("`--yaml` required when specifying `--ref`");
  if (call.args.length === 0 && !call.attended)
    throw usageError("workflow argument required when not running interactively");
  const workflow = await chosen(call, true, "workflow argument required when not running interactively");
  const repo = fullName(await call.repo());
  if (flags.on("web"))
    return browse(call, `https://forge.test/${repo}/actions/workflows/${baseName(workflow.path)}`);
  if (flags.on("yaml")) return call.out(await source(call, workflow));
  const query = `${await call.at()}/actions/workflows/${workflow.id}/runs`;
  const { total_count: total = 0 } = await call.get<{ total_count?: number }>(`${query}?per_page=1`);
  const runs = await call.list<Run>(query, 5, "workflow_runs");
  call.out(
    `${call.paint(workflow.name, "bold")} - ${baseName(workflow.path)}\nID: ${workflow.id}\n\nTotal runs ${total}\nRecent runs\n`,
  );
  runTable(call, runs);
  call.out(
    `\nTo see more runs for this workflow, try: gh run list --workflow ${baseName(workflow.path)}\nTo see the YAML for this workflow, try: gh workflow view ${baseName(workflow.path)} --yaml\n`,
  );
}

async function source(call: GhCall, { path }: Workflow): Promise<string> {
  const ref = call.flags.value("ref");
  const query = ref === undefined ? "" : `?ref=${encodeURIComponent(ref)}`;
  const client = await call.client();
  const response = await client.ok("GET", `${await call.at()}/contents/${path}${query}`, {
    headers: [["Accept", "application/vnd.github.raw"]],
  });
  if (
    !/json/.test(response.headers.get("Content-Type") ?? "") ||
    response.headers.get("Content-Type")?.includes("raw")
  )
    return response.text();
  const { content = "" } = (await response.json()) as { content?: string };
  return toUtf8(Uint8Array.from(atob(content.replace(/\s/g, "")), (letter) => letter.charCodeAt(0)));
}
