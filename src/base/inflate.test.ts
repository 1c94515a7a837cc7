import { unzlibSync, zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { fromUtf8 } from "./bytes.ts";
import { deflateSync } from "node:zlib";
import { inflateStream, inflateZlib } from "./inflate.ts";

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

describe("inflateStream", () => {
  test.each([0, 1, 6, 9])("streams of zlib at level %i, one after another", (level) => {
    const [first, second] = [noise(70_000), fromUtf8("salt ".repeat(3000))];
    const [a, b] = [deflateSync(first, { level }), deflateSync(second, { level })];
    const both = new Uint8Array([...a, ...b]);
    expect(inflateStream(both)).toEqual({ bytes: first, read: a.length });
    expect(inflateStream(both.subarray(a.length))).toEqual({ bytes: second, read: b.length });
  });

  test.each([
    ["nothing", []],
    ["a preset dictionary", [0x78, 0xbb, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1]],
    ["a block of no kind", [0x78, 0x9c, 7, 0, 0, 0, 0, 1]],
    ["a stored block whose length does not fit", [0x78, 0x9c, 1, 1, 0, 0, 0, 65, 0, 0, 0, 1]],
    ["a stored block that ends too early", [0x78, 0x9c, 1, 9, 0, 0xf6, 0xff, 65, 0, 0, 0, 1]],
    ["a repetition of what is before the beginning", [0x78, 0x9c, 0x03, 0x02, 0, 0, 0, 0, 1]],
    ["no checksum", [0x78, 0x9c, 3, 0]],
  ])("%s is broken", (_name, bytes) => {
    expect(inflateStream(Uint8Array.from(bytes))).toBeNull();
  });

  test("whatever is broken ends", () => {
    const good = deflateSync(noise(3000));
    for (let i = 2; i < good.length; i += 7) {
      const stream = inflateStream(new Uint8Array(good).with(i, (good[i] as number) ^ 0x55));
      expect(stream === null || stream.read <= good.length).toBe(true);
    }
  });
});
