/** `gh label`. https://cli.github.com/manual/gh_label */
import type { GhCall } from "./call.ts";
import { absent, type GhGroup } from "./command.ts";
import { type Fields, printJson } from "./json.ts";
import { fullName } from "./repository.ts";
import type { Label } from "./rest.ts";
import { GhStop, usageError } from "./stop.ts";
import { plural } from "./text.ts";

const FIELDS: Fields<Label> = {
  color: (it) => it.color ?? "",
  description: (it) => it.description ?? "",
  id: (it) => it.node_id ?? "",
  isDefault: () => false,
  name: (it) => it.name,
};

export const labelGroup: GhGroup = {
  name: "label",
  about: "Work with labels",
  repoFlag: true,
  commands: [
    absent("label clone", "Copy labels of another repository"),
    {
      name: "create",
      args: "<name> [flags]",
      about: "Create a label",
      takes: [1, 1, "cannot create label: name argument required"],
      flags: `-c, --color string   Color of the label
-d, --description string   Description of the label
-f, --force   Update the label color and description if label already exists`,
      run: create,
    },
    {
      name: "delete",
      args: "<name> [flags]",
      about: "Delete a label",
      takes: [1, 1],
      flags: "    --yes   Confirm deletion without prompting",
      run: remove,
    },
    {
      name: "edit",
      args: "<name> [flags]",
      about: "Edit a label",
      takes: [1, 1],
      flags: `-c, --color string   Color of the label
-d, --description string   Description of the label
-n, --name string   New name of the label`,
      run: edit,
    },
    {
      name: "list",
      aliases: ["ls"],
      about: "List labels of a repository",
      json: Object.keys(FIELDS),
      flags: `-L, --limit int   Maximum number of labels to fetch (default 30)
    --order string   Order of labels returned: {asc|desc} (default "asc")
-S, --search string   Search label names and descriptions
    --sort string   Sort fetched labels: {created|name} (default "created")`,
      run: list,
    },
  ],
};

const COLOURS = ["b60205", "d93f0b", "fbca04", "0e8a16", "006b75", "1d76db", "0052cc", "5319e7"];

function colourOf(call: GhCall, name: string): string {
  const given = call.flags.value("color")?.replace(/^#/, "");
  if (given !== undefined) return given;
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return COLOURS[sum % COLOURS.length] as string;
}

async function create(call: GhCall): Promise<void> {
  const name = call.args[0] as string;
  const body = { name, color: colourOf(call, name), description: call.flags.value("description") ?? "" };
  const at = `${await call.at()}/labels`;
  try {
    await call.send("POST", at, body);
  } catch (error) {
    if (!(error instanceof GhStop && error.status === 422 && /already exists/.test(error.message)))
      throw error;
    if (!call.flags.on("force"))
      throw new GhStop(
        `label with name ${JSON.stringify(name)} already exists; use \`--force\` to update its color and description`,
      );
    await call.send("PATCH", `${at}/${encodeURIComponent(name)}`, {
      color: body.color,
      description: body.description,
    });
  }
  call.tell(`✓ Label ${JSON.stringify(name)} created in ${fullName(await call.repo())}`);
}

async function edit(call: GhCall): Promise<void> {
  const { flags } = call;
  const [name = ""] = call.args;
  if (!["color", "description", "name"].some((flag) => flags.has(flag)))
    throw usageError("specify at least one of `--color`, `--description`, or `--name`");
  await call.send("PATCH", `${await call.at()}/labels/${encodeURIComponent(name)}`, {
    ...(flags.has("color") ? { color: colourOf(call, name) } : {}),
    ...(flags.has("description") ? { description: flags.value("description") } : {}),
    ...(flags.has("name") ? { new_name: flags.value("name") } : {}),
  });
  call.tell(
    `✓ Label ${JSON.stringify(flags.value("name") ?? name)} updated in ${fullName(await call.repo())}`,
  );
}

async function remove(call: GhCall): Promise<void> {
  const [name = ""] = call.args;
  if (!call.flags.on("yes")) {
    if (!call.attended) throw usageError("--yes required when not running interactively");
    await call.confirmTyping(name);
  }
  await call.send("DELETE", `${await call.at()}/labels/${encodeURIComponent(name)}`);
  call.tell(`✓ Label ${JSON.stringify(name)} deleted from ${fullName(await call.repo())}`);
}

async function list(call: GhCall): Promise<void> {
  const { flags } = call;
  const search = flags.value("search")?.toLowerCase();
  const all = await call.list<Label>(`${await call.at()}/labels`);
  const fit = all.filter(
    ({ name, description }) =>
      search === undefined || `${name} ${description ?? ""}`.toLowerCase().includes(search),
  );
  if (flags.value("sort") === "name") fit.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (flags.value("order") === "desc") fit.reverse();
  const shown = fit.slice(0, flags.number("limit", 30));
  if (await printJson(call, shown, FIELDS)) return;
  const repo = fullName(await call.repo());
  if (shown.length === 0) return call.tell(`There are no labels in ${repo}`);
  if (call.screen.tty) call.out(`\nShowing ${shown.length} of ${plural(fit.length, "label")} in ${repo}\n\n`);
  call.table(
    ["name", "description", "color"],
    shown.map(({ name, description, color }) => [name, description ?? "", `#${color ?? ""}`]),
  );
}
