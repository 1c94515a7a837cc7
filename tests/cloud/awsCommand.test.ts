/** The `aws` command against the cloud of a world: lines as data, and `aws configure` with somebody at the terminal. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { openAccount } from "../../src/world/services/cloud/account.ts";
import { awsPolicyNamed } from "../../src/world/services/cloud/iam/awsPolicies.ts";
import { createKey } from "../../src/world/services/cloud/keys.ts";
import { addUser, attachToUser } from "../../src/world/services/cloud/users.ts";
import type { World } from "../../src/world/world.ts";
import { emptyWorld, sh } from "../services/bench.ts";

interface Line {
  readonly line: string;
  readonly code?: number;
  readonly out?: string;
  readonly err?: string;
  readonly has?: readonly string[];
}

const LINES = parse(readFileSync(new URL("awsCommand.yaml", import.meta.url), "utf8")) as Line[];

let world: World;
let env = "";

function setting(): { world: World; env: string } {
  const made = emptyWorld();
  const ports = made.ports("cloud");
  openAccount(ports);
  addUser(ports, "mina");
  attachToUser(ports, "mina", awsPolicyNamed("AdministratorAccess") ?? "");
  const { key, credential } = createKey(ports, "mina");
  const pairs = [`AWS_ACCESS_KEY_ID=${key.accessKeyId}`, `AWS_SECRET_ACCESS_KEY=${credential.value}`];
  return { world: made, env: `export ${pairs.join(" ")} AWS_REGION=eu-north-1\n` };
}

beforeAll(() => {
  ({ world, env } = setting());
});
afterAll(() => expect(LINES.length).toBeGreaterThan(80));

/** What differs from seed to seed. */
function plain(text: string): string {
  return text.replace(/\b\d{12}\b/g, "ACCOUNT").replace(/\bAIDA[A-Z0-9]{17}\b/g, "ID");
}

test.each(LINES)("$line", async ({ line, code = 0, out, err, has = [] }) => {
  const { stdout, stderr, exitCode } = await sh(world, env + line);
  await world.advance(15_000);
  const shown = { out: plain(stdout), err: plain(stderr) };
  if (out !== undefined) expect(shown.out).toBe(out);
  if (err !== undefined) expect(shown.err).toBe(err);
  for (const part of has) expect(shown.out + shown.err).toContain(part);
  expect(exitCode, shown.err).toBe(code);
});

test("aws configure asks, shows no secret, and keeps what is not answered", async () => {
  const { world: own } = setting();
  const id = "x".repeat(20);
  const first = await sh(own, "aws configure", { answers: [id, "y".repeat(40), "eu-north-1", "json"] });
  expect(first.stdout).toBe(
    "AWS Access Key ID [None]: AWS Secret Access Key [None]: Default region name [None]: Default output format [None]: ",
  );
  const second = await sh(own, "aws configure", { answers: ["", "", "us-east-1", ""] });
  expect(second.stdout).toContain(`AWS Access Key ID [${"*".repeat(16)}xxxx]: `);
  expect(second.stdout).not.toContain("y".repeat(5));
  const files = await sh(own, "cat ~/.aws/credentials ~/.aws/config");
  expect(files.stdout).toBe(
    `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${"y".repeat(40)}\n[default]\nregion = us-east-1\noutput = json\n`,
  );
});

test("without an answer aws configure ends", async () => {
  const { world: own } = setting();
  expect((await sh(own, "aws configure", { answers: [] })).exitCode).toBe(255);
});

test("a world without a cloud has no such host", async () => {
  const { exitCode, stderr } = await sh(emptyWorld(), `${env}aws sts get-caller-identity`);
  expect(stderr).toContain("Could not connect to the endpoint URL");
  expect(exitCode).toBe(255);
});
