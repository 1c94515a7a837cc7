/** Against the semver package, which the tools of this project bring along: the same answers. */
import { describe, expect, test } from "vitest";
import { compareVersions, parseRange, parseVersion, satisfies } from "./semver.ts";

interface Semver {
  satisfies(version: string, range: string, options: { loose: boolean }): boolean;
  compare(a: string, b: string, options: { loose: boolean }): number;
}
const { createRequire } = process.getBuiltinModule("node:module");
const semver = createRequire(import.meta.url)("semver") as Semver;

const VERSIONS =
  "0.0.0 0.0.1 0.0.2 0.1.0 0.1.5 0.2.0 1.0.0-0 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0 1.2.3-rc.1 1.2.3 1.2.4-0 1.2.4 1.3.0 1.9.9 2.0.0-rc.1 2.0.0 2.1.0 10.0.0 v1.2.3 1.2.3+build".split(
    " ",
  );
const RANGES = [
  ..."* x 1 1.x 1.2 1.2.x 1.2.* 1.2.3 =1.2.3 v1.2.3 ^1 ^1.2 ^1.2.3 ^0 ^0.1 ^0.1.2 ^0.0.1 ^0.0 ^0.0.x ^1.x ~1 ~1.2 ~1.2.3 ~>1.2 ~0.1 >1 >1.2 >1.2.3 >=1 >=1.2 <1 <1.2 <2.0.0 <=1 <=1.2 <=1.2.3 ^1.2.3-rc.0 ~1.2.3-beta >=1.0.0-alpha <=2.0.0-rc.1 ^2.0.0-rc.0".split(
    " ",
  ),
  "",
  ">=1.0.0 <1.3.0",
  ">= 1.0.0 < 1.3.0",
  "1.0.0 - 1.3.0",
  "1 - 2",
  "1.2 - 1.3",
  "^1.0.0 || ^2.0.0",
  "<1.0.0 || >=2",
  "1.2.3 || 2.x",
  ">1 <2",
  "^1.0.0 <1.2.0",
];

test.each(RANGES)("range %j", (range) => {
  const ours = VERSIONS.filter((version) => satisfies(version, range));
  expect(ours).toEqual(VERSIONS.filter((version) => semver.satisfies(version, range, { loose: true })));
});

test("order", () => {
  for (const a of VERSIONS)
    for (const b of VERSIONS)
      expect([a, b, Math.sign(compareVersions(a, b))]).toEqual([a, b, semver.compare(a, b, { loose: true })]);
});

describe("what is neither version nor range", () => {
  test.each(["", "1", "1.2", "1.2.x", "latest", "1.2.3.4", "1.2.3-", "a.b.c", "9".repeat(300)])(
    "version %j",
    (text) => expect(parseVersion(text)).toBeNull(),
  );
  test.each([
    "latest",
    "next",
    "constructor",
    "git+https://forge.test/a/b",
    "file:../x",
    "1.2.3 || next",
    "^",
    "x".repeat(300),
  ])("range %j", (text) => expect(parseRange(text)).toBeNull());
});
