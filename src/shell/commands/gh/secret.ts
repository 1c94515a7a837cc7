/** `gh secret`. https://cli.github.com/manual/gh_secret */
import { fromBase64, fromUtf8, toBase64 } from "../../../base/bytes.ts";
import { toUtf8 } from "../../../base/bytes.ts";
import { seal } from "../../../world/services/forge/actions/sealed-box.ts";
import { randomBytes } from "../lib/chance.ts";
import type { GhCall } from "./call.ts";
import type { GhGroup } from "./command.ts";
import { type Fields, printJson } from "./json.ts";
import {
  dotenv,
  type Listed,
  type Place,
  PLACE_FLAGS,
  placeOf,
  sharing,
  SHARING_FLAGS,
  shownVisibility,
} from "./scope.ts";
import { GhStop, usageError } from "./stop.ts";
import { ago } from "./text.ts";

const APP = `-a, --app string   The application of the secret: {actions|codespaces|dependabot}
-u, --user   A secret for your user`;

const FIELDS: Fields<Listed> = {
  name: (it) => it.name,
  numSelectedRepos: async (it, call) => {
    if (it.selected_repositories_url === undefined) return 0;
    return (await call.get<{ total_count?: number }>(it.selected_repositories_url)).total_count ?? 0;
  },
  selectedReposURL: (it) => it.selected_repositories_url ?? "",
  updatedAt: (it) => it.updated_at,
  visibility: (it) => it.visibility ?? "",
};

export const secretGroup: GhGroup = {
  name: "secret",
  about: "Work with secrets of workflows",
  repoFlag: true,
  commands: [
    {
      name: "delete",
      aliases: ["remove"],
      args: "<secret-name> [flags]",
      about: "Delete a secret",
      takes: [1, 1],
      flags: `${APP}\n${PLACE_FLAGS}`,
      run: remove,
    },
    {
      name: "list",
      aliases: ["ls"],
      about: "List secrets, without their values",
      json: Object.keys(FIELDS),
      flags: `${APP}\n${PLACE_FLAGS}`,
      run: list,
    },
    {
      name: "set",
      args: "<secret-name> [flags]",
      about: "Create or change a secret",
      takes: [0, 1],
      flags: `${APP}
${PLACE_FLAGS}
-b, --body string   The value for the secret (reads from standard input if not specified)
-f, --env-file file   Load secret names and values from a dotenv-formatted file
    --no-repos-selected   No repositories can access the organization secret
    --no-store   Print the encrypted, base64-encoded value instead of storing it on GitHub
${SHARING_FLAGS}`,
      run: set,
    },
  ],
};

async function list(call: GhCall): Promise<void> {
  const place = await placeOf(call, "secret");
  const secrets = await call.list<Listed>(place.path, undefined, "secrets");
  if (await printJson(call, secrets, FIELDS)) return;
  if (secrets.length === 0) return call.tell("no secrets found");
  const org = place.kind === "organization";
  call.table(
    ["name", "updated", ...(org ? ["visibility"] : [])],
    secrets.map((it) => [
      it.name,
      call.screen.tty ? ago(it.updated_at, call.now) : it.updated_at,
      ...(org ? [call.screen.tty ? shownVisibility(it) : (it.visibility ?? "").toUpperCase()] : []),
    ]),
  );
}

async function remove(call: GhCall): Promise<void> {
  const place = await placeOf(call, "secret");
  const name = (call.args[0] as string).toUpperCase();
  await call.send("DELETE", `${place.path}/${encodeURIComponent(name)}`).catch((error: unknown) => {
    throw error instanceof GhStop ? new GhStop(`failed to delete secret ${name}: ${error.message}`) : error;
  });
  call.tell(`✓ Deleted Actions secret ${name} from ${place.name}`);
}

async function set(call: GhCall): Promise<void> {
  const { flags } = call;
  if (flags.has("body") && flags.has("env-file"))
    throw usageError("specify only one of `--body` or `--env-file`");
  if (call.args.length === 0 && !flags.has("env-file")) throw usageError("must pass name argument");
  const shared = flags.on("no-repos-selected")
    ? { visibility: "selected", selected_repository_ids: [] }
    : await sharing(call);
  const place = await placeOf(call, "secret");
  const pairs = await values(call);
  const key = await call.get<PublicKey>(`${place.path}/public-key`).catch((error: unknown) => {
    throw error instanceof GhStop ? new GhStop(`failed to fetch public key: ${error.message}`) : error;
  });
  for (const [name, value] of pairs) await store(call, place, key, name, value, shared);
}

interface PublicKey {
  readonly key_id: string;
  readonly key: string;
}

async function values(call: GhCall): Promise<[string, string][]> {
  const file = call.flags.value("env-file");
  if (file !== undefined) {
    const pairs = dotenv(toUtf8(await call.fileBytes(file)));
    if (pairs.length === 0) throw new GhStop(`no secrets found in file`);
    return pairs;
  }
  return [[call.args[0] as string, await value(call)]];
}

/** From `--body`, a prompt where a person sits there, or standard input without its last line end. */
async function value(call: GhCall): Promise<string> {
  const body = call.flags.value("body");
  if (body !== undefined) return body;
  if (call.attended) return call.ask("Paste your secret:", true);
  return call.stdin.replace(/[\r\n]+$/, "");
}

async function store(
  call: GhCall,
  place: Place,
  { key_id, key }: PublicKey,
  name: string,
  text: string,
  shared: Readonly<Record<string, unknown>>,
): Promise<void> {
  const sealed = toBase64(seal(fromUtf8(text), fromBase64(key), randomBytes(32)));
  if (call.flags.on("no-store")) return call.out(`${sealed}\n`);
  const body = { encrypted_value: sealed, key_id, ...shared };
  const path = `${place.path}/${encodeURIComponent(name.toUpperCase())}`;
  await call.send("PUT", path, body).catch((error: unknown) => {
    throw error instanceof GhStop
      ? new GhStop(`failed to set secret ${JSON.stringify(name)}: ${error.message}`)
      : error;
  });
  call.tell(`✓ Set Actions secret ${name.toUpperCase()} for ${place.name}`);
}
