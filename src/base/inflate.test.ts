import { unzlibSync, zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { fromUtf8 } from "./bytes.ts";
import { inflateZlib } from "./inflate.ts";

const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i * 31 + i * 7) & 0xff);

describe("inflateZlib", () => {
  test.each([
    ["nothing", new Uint8Array()],
    ["a little text", fromUtf8("blob 5\0salt\n")],
    ["what hardly shrinks", noise(5000)],
    ["what shrinks beyond the guess", new Uint8Array(300_000)],
    ["what is too long for a guess", noise(200_000)],
  ])("%s comes back", (_name, bytes) => {
    expect(inflateZlib(zlibSync(bytes))).toEqual(bytes);
  });

  test("what follows a small stream, as in a pack, is left alone", () => {
    const small = fromUtf8("salt");
    const rest = new Uint8Array([...zlibSync(small), ...noise(90_000)]);
    expect(inflateZlib(rest)).toEqual(small);
    expect(inflateZlib(rest).buffer.byteLength).toBe(4);
  });

  test("the result stands alone: no larger buffer is kept", () => {
    const bytes = inflateZlib(zlibSync(fromUtf8("salt")));
    expect(bytes.buffer.byteLength).toBe(4);
  });

  test.each([
    ["a wrong header", (good: Uint8Array) => good.with(0, 0)],
    ["a short stream", (good: Uint8Array) => good.subarray(0, 8)],
  ])("%s is the error that fflate gives", (_name, broken) => {
    const bytes = broken(zlibSync(noise(400)));
    const message = (run: () => unknown) => {
      try {
        return run();
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message(() => inflateZlib(bytes))).toBe(message(() => unzlibSync(bytes)));
    expect(() => inflateZlib(bytes)).toThrow();
  });
});
