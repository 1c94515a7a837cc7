/**
 * Static roles: a role of the database that stays, and whose password the store changes again and again.
 * https://openbao.org/api-docs/secret/databases/#create-static-role
 */
import { err, type Result } from "../../../../base/result.ts";
import type { ServicePorts } from "../../../service.ts";
import { data, done, keys, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { deleteEntry, entriesOf, entryOf, putEntry } from "../entries.ts";
import { goTime, numberOf, seconds, spanOf, textOf, wrongSpan } from "../fields.ts";
import { ROTATION_DUE, type Fields } from "../model.ts";
import { CONNECTION, filled, manage, mayUse, statementsOf } from "./connection.ts";
import { newPassword } from "./logins.ts";

const STATIC = "static-role";
const LEAST_MS = 5000;

function write({ ports, mount, fields }: StoreCall, name: string): Reply {
  const before = entryOf(ports, mount, STATIC, name);
  const role: Fields = { ...before, ...fields };
  const problem = problemOf(ports, mount, role, name);
  if (problem !== null) return wrong(problem);
  if (before && textOf(before, "username") !== textOf(role, "username"))
    return wrong("cannot update static account username");
  putEntry(ports, { mount, kind: STATIC, name, fields: role });
  if (before) return done();
  const rotated = rotate(ports, mount, name);
  if (rotated.ok) return done();
  deleteEntry(ports, mount, STATIC, name);
  return { status: 500, errors: [`1 error occurred:\n\t* ${rotated.error}\n\n`] };
}

function problemOf(ports: ServicePorts, mount: string, role: Fields, name: string): string | null {
  if (textOf(role, "username") === "") return "username is a required field to create a static account";
  if (textOf(role, "db_name") === "") return "database name is a required field";
  const config = entryOf(ports, mount, CONNECTION, textOf(role, "db_name"));
  if (!config)
    return `failed to find entry for connection with name: ${JSON.stringify(textOf(role, "db_name"))}`;
  if (!mayUse(config, name)) return `${JSON.stringify(name)} is not an allowed role`;
  const span = wrongSpan(role, ["rotation_period"]);
  if (span !== null) return span;
  if (textOf(role, "rotation_period") === "") return "rotation_period is required to create static accounts";
  return spanOf(role, "rotation_period") < LEAST_MS ? "rotation_period must be 5 seconds or more" : null;
}

/** A new password, now, and the next one after the period. */
export function rotate(ports: ServicePorts, mount: string, name: string): Result<null> {
  const role = entryOf(ports, mount, STATIC, name);
  if (!role) return err(`no static role found for role name ${JSON.stringify(name)}`);
  const password = newPassword(ports);
  const username = textOf(role, "username");
  const own = statementsOf(role, "rotation_statements");
  const statements = own.length > 0 ? own : [`ALTER ROLE "{{name}}" WITH PASSWORD '{{password}}'`];
  const values = { name: username, username, password };
  const done = manage(
    ports,
    mount,
    textOf(role, "db_name"),
    statements.map((it) => filled(it, values)),
  );
  if (!done.ok) return done;
  const count = numberOf(role, "rotations") + 1;
  putEntry(ports, {
    mount,
    kind: STATIC,
    name,
    fields: { ...role, password, rotatedAtMs: ports.now(), rotations: count },
  });
  ports.schedule(ports.now() + spanOf(role, "rotation_period"), ROTATION_DUE, {
    mount,
    name,
    rotations: count,
  });
  return done;
}

/** It is time; unless it was rotated by hand meanwhile, which began a new period. */
export function rotationDue(ports: ServicePorts, mount: string, name: string, rotations: number): void {
  const role = entryOf(ports, mount, STATIC, name);
  if (role && numberOf(role, "rotations") === rotations) rotate(ports, mount, name);
}

function read({ ports, mount }: StoreCall, name: string): Reply {
  const role = entryOf(ports, mount, STATIC, name);
  if (!role) return notFound();
  return data({
    credential_type: "password",
    db_name: textOf(role, "db_name"),
    last_vault_rotation: goTime(numberOf(role, "rotatedAtMs")),
    rotation_period: seconds(spanOf(role, "rotation_period")),
    rotation_statements: statementsOf(role, "rotation_statements"),
    username: textOf(role, "username"),
  });
}

function credentials({ ports, mount }: StoreCall, name: string): Reply {
  const role = entryOf(ports, mount, STATIC, name);
  if (!role) return wrong("unknown role: " + name);
  const [rotatedAtMs, periodMs] = [numberOf(role, "rotatedAtMs"), spanOf(role, "rotation_period")];
  return data({
    last_vault_rotation: goTime(rotatedAtMs),
    password: textOf(role, "password"),
    rotation_period: seconds(periodMs),
    ttl: Math.max(0, seconds(rotatedAtMs + periodMs - ports.now())),
    username: textOf(role, "username"),
  });
}

function rotateNow({ ports, mount }: StoreCall, name: string): Reply {
  const rotated = rotate(ports, mount, name);
  return rotated.ok ? done() : wrong(rotated.error);
}

export const STATIC_ROUTES: readonly Route[] = [
  {
    pattern: /^static-roles\/?$/,
    serve: { list: ({ ports, mount }) => keys(entriesOf(ports, mount, STATIC).map(({ name }) => name)) },
  },
  {
    pattern: /^static-roles\/([\w.-]+)$/,
    exists: ({ ports, mount }, [, name = ""]) => entryOf(ports, mount, STATIC, name) !== undefined,
    serve: {
      read: (call, [, name = ""]) => read(call, name),
      delete: ({ ports, mount }, [, name = ""]) => {
        deleteEntry(ports, mount, STATIC, name);
        return done();
      },
      ...writes((call, [, name = ""]) => write(call, name)),
    },
  },
  { pattern: /^static-creds\/([\w.-]+)$/, serve: { read: (call, [, name = ""]) => credentials(call, name) } },
  { pattern: /^rotate-role\/([\w.-]+)$/, serve: writes((call, [, name = ""]) => rotateNow(call, name)) },
];
