import { unzlibSync } from "fflate";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromUtf8 } from "./bytes.ts";
import { deflateZlib } from "./deflate.ts";
import { inflateStream, inflateZlib } from "./inflate.ts";

const text = "tree 5 main\nparent 5 main\nauthor Mina <mina@lantern-tides.test> 1760000000 +0000\n";

describe("deflateZlib", () => {
  test.each([
    ["nothing", new Uint8Array()],
    ["one byte", Uint8Array.of(255)],
    ["a repetition of the longest length", new Uint8Array(259)],
    [
      "repetitions of every length",
      fromUtf8(Array.from({ length: 80 }, (_, i) => text.slice(0, i)).join("")),
    ],
    ["repetitions that are far away", fromUtf8(text + "\u0101".repeat(1800) + text)],
    ["what is too long for fixed codes", fromUtf8(text.repeat(100))],
    ["every byte", Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) >> 4)],
  ])("%s is read by others as it was", (_name, bytes) => {
    const deflated = deflateZlib(bytes);
    expect(unzlibSync(deflated)).toEqual(bytes);
    expect(new Uint8Array(inflateSync(deflated))).toEqual(bytes);
  });

  test("whatever it is, it comes back", () => {
    const letters = fc.uint8Array({ max: 3, maxLength: 4200 });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 4200 }), letters), (bytes) => {
        const deflated = deflateZlib(bytes);
        expect(new Uint8Array(inflateSync(deflated))).toEqual(bytes);
        expect(inflateStream(deflated)).toEqual({ bytes, read: deflated.length });
      }),
    );
  });

  test("a text shrinks, and stands nowhere in the open", () => {
    const deflated = deflateZlib(fromUtf8(text));
    expect(deflated.length).toBeLessThan(text.length);
    expect(Buffer.from(deflated).includes("mina")).toBe(false);
  });

  test("a broken checksum and a broken header are errors for those who look", () => {
    const deflated = deflateZlib(fromUtf8(text));
    expect(() => inflateSync(deflated.with(deflated.length - 1, (deflated.at(-1) as number) ^ 1))).toThrow();
    expect(() => inflateZlib(deflated.with(0, 0))).toThrow();
  });

  test.each([
    [1, 0x01],
    [5, 0x5e],
    [6, 0x9c],
    [9, 0xda],
  ] as const)("the header tells level %i", (level, flags) => {
    expect(deflateZlib(fromUtf8(text), level)[1]).toBe(flags);
  });
});
