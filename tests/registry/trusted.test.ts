/** Publishing as a workflow, without a token: what a job says of itself is checked when it publishes. */
import { describe, expect, test } from "vitest";
import { layOut } from "../../src/disk/layout.ts";
import { identityVariables } from "../../src/pipeline/oidc.ts";
import { bench, type BenchOptions } from "../../src/pipeline/runner/setting.fixture.ts";
import { commandNames } from "../../src/shell/commands.ts";
import { LEARNER } from "../../src/world/person.ts";
import { addUser, changePackage, findPackage } from "../../src/world/services/registry/registry.ts";
import { MINUTE, plant, sh } from "../services/bench.ts";

const NOBODY = { address: "192.0.2.10", session: null };
const JOB: BenchOptions = { job: { permissions: { id_token: "write" } } };

async function setting(options: BenchOptions = JOB, environment: string | null = null) {
  const { world, run, job } = await bench(options);
  layOut(world.laptop, {
    hostname: "laptop",
    accounts: [{ name: LEARNER.login, uid: LEARNER.uid, home: LEARNER.home }],
    commands: commandNames(),
  });
  addUser(world, { name: "mina" });
  const grants = { user: "mina", scopes: "publish" };
  const { value } = plant(world, { id: "old", issuer: "registry", kind: "npmToken", owner: "mina", grants });
  const inJob = Object.entries({ GITHUB_ACTIONS: "true", ...identityVariables(world, run, job) })
    .map(([name, text]) => `export ${name}='${text}'; `)
    .join("");
  const publish = (version: string, before = inJob, more = "") =>
    sh(
      world,
      `${before}mkdir -p p; cd p; echo '{"name":"tides","version":"${version}"}' > package.json; npm publish ${more}`,
      { origin: NOBODY },
    );
  await publish("1.0.0", `echo '//registry.npm.test/:_authToken=${value}' > ~/.npmrc; `);
  await sh(world, "rm ~/.npmrc");
  changePackage(world.ports("test"), "tides", {
    mfa: "publish",
    trust: {
      id: "a-trust",
      repository: "lantern-tides/tides",
      file: "ci.yml",
      environment,
      permissions: ["createPackage"],
    },
  });
  return { world, publish, old: value };
}

test("the job publishes, and says where it was built", async () => {
  const { world, publish } = await setting();
  const { stdout, stderr, exitCode } = await publish("1.1.0");
  expect([stdout, exitCode]).toEqual(["+ tides@1.1.0\n", 0]);
  expect(stderr).toContain(
    "Signed provenance statement with source and build information from GitHub Actions",
  );
  const version = findPackage(world, "tides")?.versions.at(-1);
  expect(version).toMatchObject({ by: "GitHub Actions", version: "1.1.0" });
  expect(version?.manifest["_npmUser"]).toMatchObject({ trustedPublisher: { oidcConfigId: "oidc:a-trust" } });
  expect((await sh(world, "npm view tides dist.attestations.provenance.predicateType")).stdout).toBe(
    "https://slsa.dev/provenance/v1\n",
  );
  expect((await sh(world, "mkdir q; cd q; npm install tides && npm audit signatures")).stdout).toMatch(
    /1 package has a verified registry signature\n\n1 package has a verified attestation\n/,
  );
});

describe("refused", () => {
  const cases: readonly (readonly [string, BenchOptions, string | null])[] = [
    ["another workflow", { ...JOB, run: { path: ".github/workflows/other.yml" } }, null],
    ["no environment", JOB, "npm"],
    ["another environment", { job: { ...JOB.job, environment: "staging" } }, "npm"],
    ["no right to an identity", {}, null],
  ];
  test.each(cases)("%s", async (_, options, environment) => {
    const { world, publish } = await setting(options, environment);
    const { stderr, exitCode } = await publish("1.1.0");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("npm error code ENEEDAUTH");
    expect(findPackage(world, "tides")?.versions).toHaveLength(1);
  });

  test("a stored token, where the package wants none", async () => {
    const { publish, old } = await setting();
    const { stderr } = await publish("1.1.0", `echo '//registry.npm.test/:_authToken=${old}' > ~/.npmrc; `);
    expect(stderr).toContain("but an automation token was specified");
  });

  test("the right environment is enough", async () => {
    const { publish } = await setting({ job: { ...JOB.job, environment: "npm" } }, "npm");
    expect((await publish("1.1.0")).exitCode).toBe(0);
  });

  test("what it got is for a quarter of an hour and for one package", async () => {
    const { world, publish } = await setting();
    await publish("1.1.0");
    const token = world.credentials.all().find(({ owner }) => owner === "GitHub Actions");
    const line = `echo '//registry.npm.test/:_authToken=${token?.value}' > ~/.npmrc; `;
    expect((await publish("1.2.0", line)).exitCode).toBe(0);
    await world.advance(16 * MINUTE);
    expect((await publish("1.3.0", line)).stderr).toContain("npm error code E401");
  });

  test("provenance outside of a job", async () => {
    const { publish, old } = await setting();
    const line = `echo '//registry.npm.test/:_authToken=${old}' > ~/.npmrc; `;
    expect((await publish("1.1.0", line, "--provenance")).stderr).toContain(
      "Automatic provenance generation not supported",
    );
  });
});
