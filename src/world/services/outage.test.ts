import { expect, test } from "vitest";
import { Tables } from "../../base/tables.ts";
import { outageAt, setOutage } from "./outage.ts";

test("a service that is down answers with a status until it is up again", async () => {
  const tables = new Tables();
  expect(outageAt(tables, "a.test")).toBeUndefined();
  setOutage(tables, "a.test", 503);
  expect((await outageAt(tables, "a.test")?.())?.status).toBe(503);
  expect(outageAt(tables, "b.test")).toBeUndefined();
  setOutage(tables, "a.test", null);
  expect(outageAt(tables, "a.test")).toBeUndefined();
});
