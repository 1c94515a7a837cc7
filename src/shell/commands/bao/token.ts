/** `bao token`. https://openbao.org/docs/commands/token/ */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { success, type BaoCall, type BaoCommand } from "./call.ts";
import { BaoStop } from "./stop.ts";
import type { Fields } from "./client.ts";
import { formatOf, printData, printSecret } from "./output.ts";

function given(flags: BaoCall["flags"], names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(
    Object.entries(names).flatMap(([flag, field]) => {
      const value = flags.value(flag);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

async function create(call: BaoCall): Promise<ExecResult> {
  const { flags, client } = call;
  const policies = flags.values("policy");
  const meta = flags.values("metadata").map((it) => it.split(/=(.*)/s).slice(0, 2) as [string, string]);
  const role = flags.value("role");
  const fields: Fields = {
    ...given(flags, {
      ttl: "ttl",
      id: "id",
      period: "period",
      "display-name": "display_name",
      "explicit-max-ttl": "explicit_max_ttl",
      "use-limit": "num_uses",
      renewable: "renewable",
    }),
    ...(policies.length > 0 ? { policies } : {}),
    ...(meta.length > 0 ? { meta: Object.fromEntries(meta) } : {}),
    ...(flags.on("no-default-policy") ? { no_default_policy: true } : {}),
  };
  const path = role === undefined ? (flags.on("orphan") ? "create-orphan" : "create") : `create/${role}`;
  const secret = await client.secret("creating token", "POST", `auth/token/${path}`, fields);
  if (!secret) throw new BaoStop("Error creating token: no answer", 2);
  return printSecret(call, secret);
}

async function lookup(call: BaoCall): Promise<ExecResult> {
  const { args, flags, client } = call;
  const [word] = args;
  if (flags.on("accessor") && word === undefined)
    throw new BaoStop("Not enough arguments with -accessor (expected 1, got 0)");
  const secret =
    word === undefined
      ? await client.secret("looking up token", "GET", "auth/token/lookup-self")
      : flags.on("accessor")
        ? await client.secret("looking up token", "POST", "auth/token/lookup-accessor", { accessor: word })
        : await client.secret("looking up token", "POST", "auth/token/lookup", { token: word });
  if (!secret) throw new BaoStop("Error looking up token: no answer", 2);
  return printSecret(call, secret);
}

async function renew(call: BaoCall): Promise<ExecResult> {
  const { args, flags, client } = call;
  const [word] = args;
  const increment = flags.value("increment") ?? flags.value("i");
  const more = increment === undefined ? {} : { increment };
  const path = flags.on("accessor") ? "renew-accessor" : word === undefined ? "renew-self" : "renew";
  const who = flags.on("accessor") ? { accessor: word ?? "" } : word === undefined ? {} : { token: word };
  const secret = await client.secret("renewing token", "PUT", `auth/token/${path}`, { ...who, ...more });
  if (!secret) throw new BaoStop("Error renewing token: no answer", 2);
  return printSecret(call, secret);
}

async function revoke(call: BaoCall): Promise<ExecResult> {
  const { args, flags, client } = call;
  const [word] = args;
  const self = flags.on("self");
  if (!self && word === undefined) throw new BaoStop("Not enough arguments (expected 1, got 0)");
  if (self && word !== undefined) throw new BaoStop("Too many arguments with -self (expected 0, got 1)");
  const mode = flags.value("mode") ?? "";
  if (flags.on("accessor") && mode === "orphan") throw new BaoStop("Cannot use -accessor with -mode=orphan");
  if (!["", "orphan"].includes(mode)) throw new BaoStop(`-mode=${mode}: not simulated in LeakLab`);
  const [path, fields] = self
    ? ["revoke-self", {}]
    : flags.on("accessor")
      ? ["revoke-accessor", { accessor: word }]
      : [mode === "orphan" ? "revoke-orphan" : "revoke", { token: word }];
  await client.secret("revoking token", "PUT", `auth/token/${path as string}`, fields as Fields);
  return success("Revoked token (if it existed)");
}

async function capabilities(call: BaoCall): Promise<ExecResult> {
  const [first = "", second] = call.args;
  const secret =
    second === undefined
      ? await call.client.secret("listing capabilities", "POST", "sys/capabilities-self", { paths: [first] })
      : await call.client.secret("listing capabilities", "POST", "sys/capabilities", {
          token: first,
          paths: [second],
        });
  const found = (secret?.data?.["capabilities"] ?? []) as readonly string[];
  const sorted = [...found].sort();
  return formatOf(call) === "table" ? result(`${sorted.join(", ")}\n`) : printData(call, sorted);
}

export const TOKEN: readonly BaoCommand[] = [
  {
    name: "token create",
    values: [
      "policy",
      "ttl",
      "id",
      "period",
      "display-name",
      "explicit-max-ttl",
      "use-limit",
      "metadata",
      "role",
      "type",
      "renewable",
      "entity-alias",
    ],
    switches: ["orphan", "no-default-policy"],
    takes: [0, 0],
    run: create,
  },
  { name: "token lookup", switches: ["accessor", "self"], takes: [0, 1], run: lookup },
  { name: "token renew", values: ["increment", "i"], switches: ["accessor"], takes: [0, 1], run: renew },
  { name: "token revoke", values: ["mode"], switches: ["self", "accessor"], takes: [0, 1], run: revoke },
  { name: "token capabilities", takes: [1, 2], run: capabilities },
];
