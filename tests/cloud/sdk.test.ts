/** IAM, STS and CloudTrail, driven by the real clients of AWS over loopback ports. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { policyCalls } from "./calls/policies.ts";
import { roleCalls } from "./calls/roles.ts";
import { signingCalls } from "./calls/signing.ts";
import { userCalls } from "./calls/users.ts";
import { outcome, startCloud, type Clients, type Cloud } from "./setting.ts";

/** In this order: later ones see what earlier ones did. */
const CALLS = [...userCalls, ...policyCalls, ...roleCalls, ...signingCalls];

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

for (const [what, caller, ask, expected, message] of CALLS)
  test(`${what} (${caller})`, async () => {
    const got = await outcome(ask(cloud.clients.get(caller) as Clients));
    if (typeof expected === "string") {
      expect(got.code, got.message).toBe(expected);
      expect(got.status).toBeGreaterThanOrEqual(400);
      if (message !== undefined) expect(got.message).toMatch(message);
      if (typeof message === "string") expect(got.message).toBe(message);
      return;
    }
    expect(got.code, got.message).toBe(null);
    expect(got.status).toBe(200);
    expect(got.data).toMatchObject(expected);
  });

test("the table is long enough", () => {
  expect(CALLS.length).toBeGreaterThanOrEqual(45);
  expect(CALLS.filter(([, , , expected]) => typeof expected === "string").length).toBeGreaterThanOrEqual(25);
});
