/** Names with passwords. https://openbao.org/api-docs/auth/userpass/ */
import { sha256 } from "../../../../base/digest.ts";
import { done, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { entryOf, putEntry } from "../entries.ts";
import { textOf } from "../fields.ts";
import type { Fields } from "../model.ts";
import { loggedIn, tokenFields } from "./login.ts";
import { namedRoutes } from "./settings.ts";
import { credentialUsed } from "./use.ts";

const USER = "user";

/** The password itself is not kept. */
function withHash(call: StoreCall, fields: Fields): Fields {
  const { password, ...rest } = fields;
  return { ...rest, hash: hashOf(call, String(password)) };
}

function hashOf({ mount }: StoreCall, password: string): string {
  return sha256(`${mount} ${password}`);
}

function login(call: StoreCall, written: string): Reply {
  const name = written.toLowerCase();
  const password = textOf(call.fields, "password");
  if (password === "") return wrong("missing password");
  const user = entryOf(call.ports, call.mount, USER, name);
  const right = user !== undefined && user["hash"] === hashOf(call, password);
  credentialUsed(call, password, name, right);
  if (!right) return wrong("invalid username or password");
  const proof = {
    displayName: `${call.mount.slice(0, -1)}-${name}`,
    alias: name,
    owner: name,
    meta: { username: name },
  };
  return loggedIn(call, user, proof);
}

function changePassword(call: StoreCall, name: string): Reply {
  const { ports, mount, fields } = call;
  const user = entryOf(ports, mount, USER, name);
  if (!user) return wrong("username does not exist");
  if (textOf(fields, "password") === "") return wrong("missing password");
  putEntry(ports, {
    mount,
    kind: USER,
    name,
    fields: { ...user, hash: hashOf(call, textOf(fields, "password")) },
  });
  return done();
}

export const USERPASS_ROUTES: readonly Route[] = [
  { pattern: /^login\/([\w.@-]+)$/, open: true, serve: writes((call, [, name = ""]) => login(call, name)) },
  {
    pattern: /^users\/([\w.@-]+)\/password$/,
    serve: writes((call, [, name = ""]) => changePassword(call, name.toLowerCase())),
  },
  {
    pattern: /^users\/([\w.@-]+)\/policies$/,
    serve: writes(({ ports, mount, fields }, [, name = ""]) => {
      const user = entryOf(ports, mount, USER, name.toLowerCase());
      if (!user) return wrong("username does not exist");
      const { policies: _, ...rest } = user;
      const policies = fields["token_policies"] ?? fields["policies"] ?? [];
      putEntry(ports, {
        mount,
        kind: USER,
        name: name.toLowerCase(),
        fields: { ...rest, token_policies: policies },
      });
      return done();
    }),
  },
  ...namedRoutes({
    kind: USER,
    folder: "users",
    keep: (fields, before, call) => {
      if (textOf(fields, "password") !== "") return withHash(call, fields);
      return before ? fields : "missing password";
    },
    show: tokenFields,
  }),
];
