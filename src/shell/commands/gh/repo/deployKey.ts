/** `gh repo deploy-key`. https://cli.github.com/manual/gh_repo_deploy-key */
import { toUtf8 } from "../../../../base/bytes.ts";
import type { GhCall } from "../call.ts";
import type { GhGroup } from "../command.ts";
import { type Fields, printJson } from "../json.ts";
import { fullName } from "../repository.ts";
import { ago } from "../text.ts";

interface DeployKey {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly created_at: string;
  readonly read_only: boolean;
}

const FIELDS: Fields<DeployKey> = {
  createdAt: (it) => it.created_at,
  id: (it) => it.id,
  key: (it) => it.key,
  readOnly: (it) => it.read_only,
  title: (it) => it.title,
};

export const deployKeyGroup: GhGroup = {
  name: "deploy-key",
  about: "Work with deploy keys of a repository",
  repoFlag: true,
  commands: [
    {
      name: "add",
      args: "<key-file> [flags]",
      about: "Add a deploy key",
      takes: [1, 1],
      flags: `-w, --allow-write   Allow write access for the key
-t, --title string   Title of the new key`,
      run: add,
    },
    { name: "delete", args: "<key-id> [flags]", about: "Delete a deploy key", takes: [1, 1], run: remove },
    { name: "list", aliases: ["ls"], about: "List deploy keys", json: Object.keys(FIELDS), run: list },
  ],
};

async function add(call: GhCall): Promise<void> {
  const key = toUtf8(await call.fileBytes(call.args[0] as string)).trim();
  await call.send("POST", `${await call.at()}/keys`, {
    title: call.flags.value("title") ?? "",
    key,
    read_only: !call.flags.on("allow-write"),
  });
  call.tell(`✓ Deploy key added to ${fullName(await call.repo())}`);
}

async function remove(call: GhCall): Promise<void> {
  await call.send("DELETE", `${await call.at()}/keys/${encodeURIComponent(call.args[0] as string)}`);
  call.tell(`✓ Deploy key deleted from ${fullName(await call.repo())}`);
}

async function list(call: GhCall): Promise<void> {
  const keys = await call.list<DeployKey>(`${await call.at()}/keys`);
  if (await printJson(call, keys, FIELDS)) return;
  if (keys.length === 0) return call.tell(`no deploy keys found in ${fullName(await call.repo())}`);
  call.table(
    ["id", "title", "type", "key", "created at"],
    keys.map(({ id, title, read_only, key, created_at }) => [
      String(id),
      title,
      read_only ? "read-only" : "read-write",
      key,
      call.screen.tty ? ago(created_at, call.now) : created_at,
    ]),
  );
}
