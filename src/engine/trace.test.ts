import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromLatin1, fromUtf8, toBase64 } from "../base/bytes.ts";
import { InvariantError } from "../base/invariant.ts";
import { Stream } from "../base/stream.ts";
import { prepareNeedles } from "./needles.ts";
import { trace } from "./trace.ts";
import { rawDeflate, TRANSFORMS } from "./transforms.fixture.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const names = Object.keys(TRANSFORMS);

function valueOf(seed: number): string {
  const stream = new Stream(seed, "trace-test");
  return stream.text(stream.pick([20, 24, 40]), seed % 2 ? ALPHABET : `${ALPHABET}_-+/=.`);
}

function run(value: string, text: string) {
  return trace(prepareNeedles([{ credential: "planted", value }]), fromLatin1(text));
}

/** Random text of every sort: bytes, printable, words, code. */
const noise = fc.oneof(
  fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength: 200,
  }),
  fc.string({ maxLength: 200 }),
  fc.stringMatching(/^[a-z0-9+/ "\\%\n=]{0,200}$/),
);

/** Applies named transforms from the inside out; null where one does not apply. */
function applyAll(value: string, steps: readonly (readonly [string, number])[]): string | null {
  return steps.reduce<string | null>(
    (text, [name, choice]) => text && (TRANSFORMS[name]?.(text, choice) ?? null),
    value,
  );
}

function compositions(depth: number): string[][] {
  if (depth === 0) return [[]];
  return compositions(depth - 1).flatMap((steps) => names.map((name) => [...steps, name]));
}

describe("trace", () => {
  it.each([0, 1, 2])("sees through every composition of %i transforms, in every variant", (depth) => {
    const missed: string[] = [];
    for (const steps of compositions(depth)) {
      for (let choice = 0; choice < (depth === 2 ? 12 : 60); choice++) {
        const value = valueOf(choice);
        const coat = applyAll(
          value,
          steps.map((name, i) => [name, choice * 7 + i * 3]),
        );
        if (coat !== null && run(value, `x = ${coat};\n`).hits.length === 0)
          missed.push(`${steps.join(" → ")} (${choice})`);
      }
    }
    expect(missed).toEqual([]);
  });

  it("sees through every composition of three transforms", () => {
    const missed: string[] = [];
    compositions(3).forEach((steps, index) => {
      for (const choice of [index, index + 11]) {
        const value = valueOf(choice);
        const coat = applyAll(
          value,
          steps.map((name, i) => [name, choice * 7 + i * 3]),
        );
        if (coat !== null && run(value, `x = ${coat};\n`).hits.length === 0)
          missed.push(`${steps.join(" → ")} (${choice})`);
      }
    });
    expect(missed).toEqual([]);
  });

  it("finds what is hidden anywhere in random text, however it was put together", () => {
    const step = fc.tuple(fc.constantFrom(...names), fc.nat(60));
    const property = fc.property(
      fc.nat(1e6),
      fc.array(step, { maxLength: 3 }),
      noise,
      noise,
      (seed, steps, before, after) => {
        const value = valueOf(seed);
        const coat = applyAll(value, steps);
        fc.pre(coat !== null);
        expect(run(value, `${before}\n${coat}\n${after}`).hits).not.toEqual([]);
      },
    );
    fc.assert(property, { numRuns: 600, seed: 20260 });
  });

  it("finds nothing in random text that does not hold the value", () => {
    const property = fc.property(fc.nat(1e6), fc.array(noise, { maxLength: 12 }), (seed, parts) => {
      expect(run(valueOf(seed), parts.join("\n"))).toEqual({ hits: [], complete: true });
    });
    fc.assert(property, { numRuns: 400, seed: 20260 });
  });

  it("does not take another value of the same shape for the planted one", () => {
    const coats = names.map((name) => TRANSFORMS[name]?.(valueOf(1), 1)).join("\n");
    expect(run(valueOf(3), coats).hits).toEqual([]);
    expect(run(valueOf(1), coats).hits.length).toBeGreaterThanOrEqual(names.length);
  });

  it("says where: offset, line and what must be undone", () => {
    const value = valueOf(5);
    const twice = toBase64(fromUtf8(toBase64(fromUtf8(value))));
    const text = `first\nKEY=${value}\nblob: ${twice}\n`;
    expect(run(value, text).hits).toEqual([
      { credential: "planted", steps: [], offset: 10, line: 2, lastLine: 2 },
      {
        credential: "planted",
        steps: ["base64", "base64"],
        offset: text.indexOf(twice),
        line: 3,
        lastLine: 3,
      },
    ]);
  });

  it("finds lines of wrapped base64 and arrays of bytes", () => {
    const value = valueOf(7);
    const wrapped = toBase64(fromUtf8(`user:${value}:more and more`))
      .match(/.{1,16}/g)
      ?.join("\n    ");
    const bytes = [...fromUtf8(value)].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ");
    expect(run(value, `data: |\n    ${wrapped}\n`).hits).toMatchObject([
      { steps: ["wrap", "base64"], line: 2 },
    ]);
    expect(run(value, `[${bytes}]`).hits).toMatchObject([{ steps: ["hex"] }]);
  });

  it("finds raw deflate where a decoded text begins", () => {
    const value = valueOf(9);
    const text = toBase64(fromLatin1(rawDeflate(`token=${value}`)));
    expect(run(value, `"${text}"`).hits).toMatchObject([{ steps: ["base64", "deflate"] }]);
  });

  it("refuses values that are not random enough to be searched for", () => {
    for (const value of ["short", "a".repeat(40), valueOf(1).slice(0, 19)]) {
      expect(() => prepareNeedles([{ credential: "weak", value }])).toThrow(InvariantError);
    }
  });

  it("admits where a limit of work cut it short", () => {
    const text = `${"ab %41 \\x41 ".repeat(2000)}`;
    const needles = prepareNeedles([{ credential: "planted", value: valueOf(1) }]);
    const limits = { depth: 3, factor: 1, base: 0, hits: 10 };
    expect(trace(needles, fromUtf8(text), limits).complete).toBe(false);
    expect(trace(needles, fromUtf8(text)).complete).toBe(true);
  });

  it("survives what is made to overwhelm it", () => {
    const needles = prepareNeedles([{ credential: "planted", value: valueOf(1) }]);
    const hostile = [
      "\0",
      "A",
      "%41",
      "\\",
      '""',
      "- ",
      "0",
      "x\x9c",
      "PK\x03\x04",
      "\x1f\x8b\x08\x00",
      "deadbeef\n",
    ];
    for (const unit of hostile) {
      const bytes = fromLatin1(unit.repeat(Math.ceil(60_000 / unit.length)));
      expect(trace(needles, bytes).hits, JSON.stringify(unit)).toEqual([]);
    }
  });
});
