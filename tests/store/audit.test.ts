/** Audit devices: what they write, that it holds no value, and that a store which cannot write serves nobody. */
import { beforeEach, describe, expect, test } from "vitest";
import { toUtf8 } from "../../src/base/bytes.ts";
import { STORE_MACHINE } from "../../src/world/services/store/host.ts";
import { setting, withDatabase, type Store } from "./bench.ts";

const LOG = "/var/log/openbao/audit.log";
const VALUE = ["tide", "is", "rising"].join("-");

let store: Store;
const disk = () => store.world.machines.get(STORE_MACHINE);
const log = () => toUtf8(disk().read(LOG));
interface Line {
  readonly type: string;
  readonly error?: string;
  readonly auth: { readonly policies?: readonly string[]; readonly display_name?: string };
  readonly request: {
    readonly path: string;
    readonly operation: string;
    readonly client_token?: string;
    readonly data?: any;
  };
  readonly response?: any;
}
const lines = () =>
  log()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

async function enable(options: object = {}, name = "file"): Promise<number> {
  const body = { type: "file", options: { file_path: LOG, ...options } };
  return (await store.call("PUT", `sys/audit/${name}`, body)).status;
}

beforeEach(async () => {
  store = setting();
  await store.call("POST", "sys/mounts/secret", { type: "kv-v2" });
});

describe("a device", () => {
  test("writes each request and its answer, and hashes values, tokens and accessors", async () => {
    expect(await enable()).toBe(204);
    await store.call("POST", "secret/data/db", {
      data: { password: VALUE, port: 5432 },
      options: { cas: 0 },
    });
    await store.call("GET", "secret/data/db");
    const [request, response] = lines().filter(({ request }) => request.operation === "create");
    expect(request).toMatchObject({
      type: "request",
      auth: { policies: ["root"] },
      request: { path: "secret/data/db" },
    });
    expect(request?.request.data).toEqual({
      data: { password: expect.stringMatching(/^hmac-sha256:[0-9a-f]{64}$/), port: 5432 },
      options: { cas: 0 },
    });
    expect(response).toMatchObject({ type: "response", response: { data: { version: 1 } } });
    const read = lines().findLast(({ type }) => type === "response");
    expect(read?.response.data.data.password).toBe(request?.request.data.data.password);
    expect(log()).not.toContain(VALUE);
    expect(log()).not.toContain(store.root);
  });

  test("gives the hash of a value, so that it can be looked for", async () => {
    await enable();
    await store.call("POST", "secret/data/db", { data: { password: VALUE } });
    // Asking is in the log too.
    const before = log();
    const { body } = await store.call("POST", "sys/audit-hash/file", { input: VALUE });
    expect(before).toContain(body.data["hash"]);
    const other = await store.call("POST", "sys/audit-hash/file", { input: `${VALUE}!` });
    expect(before).not.toContain(other.body.data["hash"]);
  });

  test("with log_raw it writes everything", async () => {
    await enable({ log_raw: "true" });
    await store.call("POST", "secret/data/db", { data: { password: VALUE } });
    expect(log()).toContain(VALUE);
  });

  test("what was refused is in it, with what was sent as a token", async () => {
    await enable();
    await store.call("GET", "secret/data/db", undefined, ["s.", "x".repeat(24)].join(""));
    expect(lines().at(-2)).toMatchObject({
      type: "request",
      error: "permission denied",
      request: { path: "secret/data/db", client_token: expect.stringMatching(/^hmac-sha256:/) },
    });
  });

  test("a new token and a leased password are in no log", async () => {
    await enable();
    await withDatabase(store);
    const made = await store.call("POST", "auth/token/create", { policies: ["default"] });
    const leased = await store.call("GET", "database/creds/dev");
    for (const value of [
      made.body.auth.client_token,
      made.body.auth.accessor,
      String(leased.body.data["password"]),
      store.admin.value,
    ])
      expect(log()).not.toContain(value);
    expect(log()).toContain(leased.body.lease_id);
  });
});

describe("where no device can write", () => {
  test("nobody is served, and nothing is changed", async () => {
    await enable();
    disk().chmod(LOG, 0o400);
    disk().chown(LOG, "root");
    const refused = await store.call("POST", "secret/data/db", { data: { a: "b" } });
    expect([refused.status, refused.body.errors]).toEqual([
      500,
      ["1 error occurred:\n\t* internal error\n\n"],
    ]);
    disk().chmod(LOG, 0o666);
    expect((await store.call("GET", "secret/data/db")).status).toBe(404);
  });

  test("a second device that can is enough", async () => {
    await enable();
    await enable({ file_path: "stdout" }, "second");
    disk().chmod(LOG, 0o400);
    disk().chown(LOG, "root");
    expect((await store.call("POST", "secret/data/db", { data: { a: "b" } })).status).toBe(200);
  });
});

test.each([
  [{ type: "file", options: {} }, "file_path is required"],
  [{ type: "paper" }, 'unknown audit backend type: "paper"'],
  [{}, "audit type must be specified as a string"],
  [
    { type: "file", options: { file_path: "/root/x" } },
    "1 error occurred:\n\t* sanity check failed; unable to write: open /root/x: permission denied\n\n",
  ],
  [
    { type: "socket", options: { address: "127.0.0.1:9090" } },
    "1 error occurred:\n\t* sanity check failed; unable to write: dial tcp 127.0.0.1:9090: connect: connection refused\n\n",
  ],
])("%j is refused", async (body, problem) => {
  const { status, body: answered } = await store.call("PUT", "sys/audit/x", body);
  expect([status, answered.errors]).toEqual([400, [problem]]);
});

test("only who has sudo turns it on or off", async () => {
  await store.call("PUT", "sys/policies/acl/almost", {
    policy: 'path "sys/audit/*" { capabilities = ["create", "update", "delete"] }',
  });
  const { body } = await store.call("POST", "auth/token/create", { policies: ["almost"] });
  const options = { type: "file", options: { file_path: LOG } };
  expect((await store.call("PUT", "sys/audit/file", options, body.auth.client_token)).status).toBe(403);
  await store.call("PUT", "sys/policies/acl/almost", {
    policy: 'path "sys/audit/*" { capabilities = ["create", "update", "delete", "sudo"] }',
  });
  expect((await store.call("PUT", "sys/audit/file", options, body.auth.client_token)).status).toBe(204);
});
