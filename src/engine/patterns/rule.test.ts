import { describe, expect, it } from "vitest";
import { Stream } from "../../base/stream.ts";
import { scan, scanWith } from "../engine.ts";
import { FIXTURES } from "./fixtures.ts";
import { PATTERNS } from "./patterns.ts";
import { matches, PATTERN_RULE_ID } from "./rule.ts";

it("has fixtures for every pattern", () => {
  expect(Object.keys(FIXTURES)).toEqual(PATTERNS.map(({ id }) => id));
});

describe.each(PATTERNS.map((pattern) => [pattern.id, pattern] as const))("%s", (id, pattern) => {
  const fixture = FIXTURES[id] as (typeof FIXTURES)[string];
  const value = fixture.prefix + new Stream(3, `fixture/${id}`).text(fixture.length, fixture.alphabet);

  it.each(fixture.ok)("reports the value in %j", (text) => {
    const found = matches(pattern, text.replace("‹value›", value)).map((match) => [
      match.value,
      match.range[0],
    ]);
    expect(found).toEqual([[value, text.indexOf("‹value›")]]);
  });

  it.each(fixture.ng)("reports nothing in %j", (text) => {
    expect(matches(pattern, text.replaceAll("‹value›", value))).toEqual([]);
  });

  it("is reported by the engine with the value masked, unless allowed", async () => {
    const source = { path: "a.txt", text: (fixture.ok[0] as string).replace("‹value›", value) };
    const findings = (await scan(source)).filter((finding) => finding.ruleId === PATTERN_RULE_ID);
    expect(findings).toEqual([
      expect.objectContaining({
        messageId: id,
        message: `found ${pattern.name}: ${"*".repeat(value.length)}`,
      }),
    ]);
    for (const allows of [[value], [`/^${fixture.prefix.slice(0, 2)}/i`]]) {
      const config = { rules: [{ id: PATTERN_RULE_ID, options: { allows } }] };
      expect(await scanWith(config, source)).toEqual({ ok: true, value: [] });
    }
  });

  it("takes linear time over what almost matches", () => {
    const nearly = [fixture.prefix, "password: ", "a", "eyJ", "A1", "password", "p_"].map((unit) =>
      unit.repeat(200_000 / unit.length),
    );
    for (const text of nearly) expect(matches(pattern, text).length).toBeLessThan(20_001);
  });
});
