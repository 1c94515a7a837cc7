/** A lab with a store: who is signed in, what the manifest may say, and a learner who leases a login of a database. */
import { describe, expect, test } from "vitest";
import { toUtf8 } from "../base/bytes.ts";
import { parseManifest } from "../lab/parse.ts";
import type { Manifest } from "../lab/manifest.ts";
import { Play } from "./play.ts";
import { line, smallBundle, smallOptions } from "./play.fixture.ts";

const MANIFEST = `id: small
title: A small lab
version: 1.0.0
module: day-one
minutes: 5
difficulty: easy
services: [forge, database, store]
store: { access: { learner: [dev] } }
work: work
people: [{ login: priya }]
repository: { name: lantern-tides/work, pushProtection: true }
credentials:
  - id: admin
    kind: password
    owner: priya
    scope: makes logins
    issuer: database
    grants: { host: db.dev.lantern-tides.test, role: store_admin, database: tides, createRole: true }
    variable: STORE_ADMIN
  - { id: url, kind: postgresUrl, owner: teo, scope: production, issuer: database, grants: { host: db.production.lantern-tides.test, role: app, database: shop }, variable: PROD_URL }
  - { id: boot, kind: openbaoToken, owner: priya, scope: root, issuer: store, grants: { policies: [root] }, variable: BOOT }
tasks: [Look around.]
ahead: No known event ahead.
checks:
  - { id: index, title: No copy in the index, kind: absent, mark: clean, required: true, with: { credential: url, surfaces: [worktree, index] } }
diagnoses:
  - { id: W1, check: index, kind: copy-there, message: "{path} holds it.", with: { credential: url, surfaces: [worktree, index] } }
`;

const SETUP = `cd work && git init -q -b main && git add . && git commit -q -m Start && cd
as priya <<'EOF'
bao secrets enable database
bao write database/config/dev plugin_name=postgresql-database-plugin allowed_roles='*' connection_url='postgresql://{{username}}:{{password}}@db.dev.lantern-tides.test:5432/tides' username=store_admin password="$STORE_ADMIN"
bao write database/roles/dev db_name=dev default_ttl=24h max_ttl=24h creation_statements="CREATE ROLE \\"{{name}}\\" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';"
echo 'path "database/creds/dev" { capabilities = ["read"] }' | bao policy write dev -
EOF
`;

function manifest(): Manifest {
  const parsed = parseManifest(MANIFEST);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

async function play(): Promise<Play> {
  const start = { setup: SETUP, files: { "work/README.md": "# Work\n" } };
  return Play.begin({ ...smallOptions, bundle: { ...smallBundle(), manifest: manifest(), start } });
}

describe("at the start", () => {
  test("the learner leases a login of their own, and it opens the database", async () => {
    const it = await play();
    const text = `bao read -format=json database/creds/dev > creds.json; psql "postgres://$(jq -r .data.username creds.json):$(jq -r .data.password creds.json)@db.dev.lantern-tides.test/tides" -Atc 'select 41 + 1'`;
    await it.step(line(text));
    const own = it.present.credentials.all().filter((c) => c.owner === "learner" && c.issuer === "database");
    expect(own.map(({ uses, status, expiresAtMs }) => [uses.length, status, expiresAtMs !== null])).toEqual([
      [1, "active", true],
    ]);
  });

  test("priya has root and the learner has not; a planted token works", async () => {
    const world = (await play()).present;
    const token = (machine: string, path: string) => toUtf8(world.machines.get(machine).read(path));
    const boot = world.credentials.get("boot")?.value ?? "";
    const ask = async (value: string) => {
      const request = new Request("https://bao.lantern-tides.test/v1/sys/auth", {
        headers: { "X-Vault-Token": value },
      });
      return (await world.network.fetch(request, { address: "203.0.113.20", session: null })).status;
    };
    const values = [
      token("priya", "/home/priya/.vault-token"),
      token("laptop", "/home/learner/.vault-token"),
      boot,
    ];
    const statuses: number[] = [];
    for (const value of values) statuses.push(await ask(value));
    expect(statuses).toEqual([200, 403, 200]);
    expect(world.credentials.get("boot")?.uses.map(({ action, result }) => [action, result])).toEqual([
      ["read sys/auth", "allowed"],
    ]);
  });

  test("the address of a database names the server of the lab", async () => {
    const world = (await play()).present;
    const url = /^postgres:\/\/app:\w{24}@db\.production\.lantern-tides\.test:5432\/shop$/;
    expect(world.credentials.get("url")?.value).toMatch(url);
  });
});

test.each([
  ["access: { learner: [dev] }", "access: { nobody: [dev] }", "store.access"],
  ["access: { learner: [dev] }", "access: { learner: [] }", "store.access.learner"],
  ["grants: { policies: [root] }", "grants: { policy: root }", "credentials[2].grants"],
  ["host: db.dev.lantern-tides.test", "host: db.example.com", "credentials[0].grants.host"],
])("%s is not %s", (right, wrong, path) => {
  const parsed = parseManifest(MANIFEST.replace(right, wrong));
  expect(JSON.stringify(parsed.ok ? [] : parsed.error)).toContain(path);
});
