import { deflateSync } from "fflate";
import { describe, expect, test } from "vitest";
import { concat, fromUtf8, toUtf8 } from "../base/bytes.ts";
import { inflateRaw } from "./inflate.ts";

const TEXT = "the harbour code table lists every berth by tide";
const LONG = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31 + i * 7) & 0xff);
const ROOMY = 1 << 20;

describe("inflateRaw", () => {
  test.each([
    ["a short stream", fromUtf8(TEXT)],
    ["a stream longer than the first slice", LONG],
    ["a short stream that grows much", new Uint8Array(50_000)],
  ])("%s comes out whole", (_name, bytes) => {
    const deflated = deflateSync(bytes);
    expect(inflateRaw(deflated, ROOMY)).toEqual({
      bytes,
      complete: true,
      ended: true,
      read: deflated.length,
    });
  });

  test("what follows a stream does not matter", () => {
    const { bytes, ended } = inflateRaw(concat([deflateSync(fromUtf8(TEXT)), LONG]), ROOMY);
    expect([toUtf8(bytes), ended]).toEqual([TEXT, true]);
  });

  test("a stream that is cut off gives what it has, unless only a whole one is wanted", () => {
    const cut = deflateSync(fromUtf8(TEXT)).subarray(0, 30);
    const { bytes, ended } = inflateRaw(cut, ROOMY);
    expect(TEXT.startsWith(toUtf8(bytes)) && bytes.length > 10 && !ended).toBe(true);
    expect(inflateRaw(cut, ROOMY, true).bytes).toHaveLength(0);
  });

  test("what is no deflate is empty, and errors keep their stack elsewhere", () => {
    const depth = Error.stackTraceLimit;
    expect(inflateRaw(Uint8Array.of(7, 7, 7, 7), ROOMY)).toEqual({
      bytes: new Uint8Array(),
      complete: true,
      ended: false,
      read: 0,
    });
    expect(Error.stackTraceLimit).toBe(depth);
  });

  test("a limit cuts", () => {
    const { bytes, complete } = inflateRaw(deflateSync(fromUtf8(TEXT)), 10);
    expect([toUtf8(bytes), complete]).toEqual([TEXT.slice(0, 10), false]);
  });
});
