/** `gh variable`. https://cli.github.com/manual/gh_variable */
import { toUtf8 } from "../../../base/bytes.ts";
import type { GhCall } from "./call.ts";
import type { GhGroup } from "./command.ts";
import { type Fields, printJson } from "./json.ts";
import {
  dotenv,
  type Listed,
  PLACE_FLAGS,
  placeOf,
  sharing,
  SHARING_FLAGS,
  shownVisibility,
} from "./scope.ts";
import { GhStop, usageError } from "./stop.ts";
import { ago } from "./text.ts";

const FIELDS: Fields<Listed> = {
  createdAt: (it) => it.created_at ?? null,
  name: (it) => it.name,
  selectedReposURL: (it) => it.selected_repositories_url ?? "",
  updatedAt: (it) => it.updated_at,
  value: (it) => it.value ?? "",
  visibility: (it) => it.visibility ?? "",
};

export const variableGroup: GhGroup = {
  name: "variable",
  about: "Work with variables of workflows",
  repoFlag: true,
  commands: [
    {
      name: "delete",
      aliases: ["remove"],
      args: "<variable-name> [flags]",
      about: "Delete a variable",
      takes: [1, 1],
      flags: PLACE_FLAGS,
      run: remove,
    },
    {
      name: "get",
      args: "<variable-name> [flags]",
      about: "Print a variable",
      takes: [1, 1],
      json: Object.keys(FIELDS),
      flags: PLACE_FLAGS,
      run: get,
    },
    {
      name: "list",
      aliases: ["ls"],
      about: "List variables",
      json: Object.keys(FIELDS),
      flags: PLACE_FLAGS,
      run: list,
    },
    {
      name: "set",
      args: "<variable-name> [flags]",
      about: "Create or change a variable",
      takes: [0, 1],
      flags: `${PLACE_FLAGS}
-b, --body string   The value for the variable (reads from standard input if not specified)
-f, --env-file file   Load variable names and values from a dotenv-formatted file
${SHARING_FLAGS}`,
      run: set,
    },
  ],
};

async function list(call: GhCall): Promise<void> {
  const place = await placeOf(call, "variable");
  const variables = await call.list<Listed>(place.path, undefined, "variables");
  if (await printJson(call, variables, FIELDS)) return;
  if (variables.length === 0) return call.tell("no variables found");
  const org = place.kind === "organization";
  call.table(
    ["name", "value", "updated", ...(org ? ["visibility"] : [])],
    variables.map((it) => [
      it.name,
      it.value ?? "",
      call.screen.tty ? ago(it.updated_at, call.now) : it.updated_at,
      ...(org ? [call.screen.tty ? shownVisibility(it) : (it.visibility ?? "").toUpperCase()] : []),
    ]),
  );
}

async function get(call: GhCall): Promise<void> {
  const place = await placeOf(call, "variable");
  const [name = ""] = call.args;
  const found = await call.find<Listed>(`${place.path}/${encodeURIComponent(name)}`);
  if (!found) throw new GhStop(`variable ${name} was not found`);
  if (!(await printJson(call, found, FIELDS))) call.out(`${found.value ?? ""}\n`);
}

async function remove(call: GhCall): Promise<void> {
  const place = await placeOf(call, "variable");
  const name = (call.args[0] as string).toUpperCase();
  await call.send("DELETE", `${place.path}/${encodeURIComponent(name)}`).catch((error: unknown) => {
    throw error instanceof GhStop ? new GhStop(`failed to delete variable ${name}: ${error.message}`) : error;
  });
  call.tell(`✓ Deleted variable ${name} from ${place.name}`);
}

async function set(call: GhCall): Promise<void> {
  const { flags } = call;
  if (flags.has("body") && flags.has("env-file"))
    throw usageError("specify only one of `--body` or `--env-file`");
  if (call.args.length === 0 && !flags.has("env-file")) throw usageError("must pass name argument");
  const shared = await sharing(call);
  const place = await placeOf(call, "variable");
  for (const [given, value] of await values(call)) {
    const name = given.toUpperCase();
    const there = await call.find(`${place.path}/${encodeURIComponent(name)}`);
    const sent = there
      ? call.send("PATCH", `${place.path}/${encodeURIComponent(name)}`, { name, value, ...shared })
      : call.send("POST", place.path, { name, value, ...shared });
    await sent.catch((error: unknown) => {
      throw error instanceof GhStop
        ? new GhStop(`failed to set variable ${JSON.stringify(name)}: ${error.message}`)
        : error;
    });
    call.tell(`✓ ${there ? "Updated" : "Created"} variable ${name} for ${place.name}`);
  }
}

async function values(call: GhCall): Promise<[string, string][]> {
  const file = call.flags.value("env-file");
  if (file !== undefined) return dotenv(toUtf8(await call.fileBytes(file)));
  const name = call.args[0] as string;
  const body = call.flags.value("body");
  if (body !== undefined) return [[name, body]];
  if (call.attended) return [[name, await call.ask("Paste your variable:")]];
  return [[name, call.stdin.replace(/[\r\n]+$/, "")]];
}
