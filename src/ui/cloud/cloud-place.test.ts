import { describe, expect, test } from "vitest";
import { cloudMention, maskedKey, NO_FILTER, readableJson, withKeysMasked } from "./cloud-place.ts";

/** In the shape of a key id, from parts: none stands in a file. */
const ID = ["AKIA", "0TIDES0TABLE", "7Q2M"].join("");
const SESSION = ["ASIA", "0TIDES0TABLE", "K41D"].join("");

describe("what evidence speaks of", () => {
  test.each([
    ["AKIA••••7Q2M, svc-backup", { section: "users", filter: NO_FILTER, open: "AKIA••••7Q2M" }],
    ["role ci-cleanup", { section: "roles", filter: NO_FILTER, open: "ci-cleanup" }],
    [
      "ci-sandbox, 198.51.100.7: iam:ListRoles, T+2:25",
      { section: "trail", filter: { key: "", user: "ci-sandbox", event: "ListRoles" }, open: null },
    ],
    [
      "ci-cleanup/magpie, 203.0.113.66: iam:CreateUser, T+3:05",
      { section: "trail", filter: { key: "", user: "magpie", event: "CreateUser" }, open: null },
    ],
    ["ciKey: active", { section: "users", filter: NO_FILTER, open: null }],
  ])("%s", (at, mention) => expect(cloudMention(at)).toEqual(mention));
});

test("key ids are shown by their ends, wherever they stand", () => {
  expect(maskedKey(ID)).toBe("AKIA••••7Q2M");
  expect(withKeysMasked(`${ID} and ${SESSION}, not AKIA alone`)).toBe(
    "AKIA••••7Q2M and ASIA••••K41D, not AKIA alone",
  );
  expect(readableJson(JSON.stringify({ key: ID }))).toBe('{\n  "key": "AKIA••••7Q2M"\n}');
  expect(readableJson("not json")).toBe("not json");
});
