import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  concat,
  fromBase64,
  fromHex,
  fromLatin1,
  fromUtf8,
  sameBytes,
  toBase64,
  toHex,
  toLatin1,
  toUtf8,
  toUtf8Strict,
} from "./bytes.ts";
import { sha1, sha256, sha256Bytes } from "./digest.ts";

const bytes = fc.uint8Array({ maxLength: 300 });

describe("there and back", () => {
  test("hex, base64 and Latin-1 keep every byte", () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(fromHex(toHex(data))).toEqual(data);
        expect(fromBase64(toBase64(data))).toEqual(data);
        expect(fromLatin1(toLatin1(data))).toEqual(data);
        expect(toHex(data)).toBe(Buffer.from(data).toString("hex"));
        expect(toBase64(data)).toBe(Buffer.from(data).toString("base64"));
      }),
    );
  });

  test("UTF-8 keeps every text, a byte order mark included", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => toUtf8(fromUtf8(text)) === text));
    expect(toUtf8(fromUtf8("\ufeffx"))).toBe("\ufeffx");
    expect(toUtf8Strict(fromUtf8("\ufeffx"))).toBe("\ufeffx");
  });

  test("Latin-1 of more than one piece", () => {
    const data = Uint8Array.from({ length: 20_001 }, (_, i) => i & 0xff);
    expect(fromLatin1(toLatin1(data))).toEqual(data);
  });
});

test.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]], [[0xc0, 0xaf]]])("%j is not UTF-8", (data) => {
  expect(toUtf8Strict(Uint8Array.from(data))).toBeNull();
  expect(toUtf8(Uint8Array.from(data))).toContain("\ufffd");
});

test("concat and sameBytes", () => {
  fc.assert(
    fc.property(fc.array(bytes), (parts) => {
      expect(sameBytes(concat(parts), new Uint8Array(Buffer.concat(parts)))).toBe(true);
    }),
  );
  expect(sameBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
  expect(sameBytes(Uint8Array.of(1, 3), Uint8Array.of(1, 2))).toBe(false);
});

test("digests are those of everybody else", () => {
  fc.assert(
    fc.property(bytes, (data) => {
      expect(sha1(data)).toBe(createHash("sha1").update(data).digest("hex"));
      expect(sha256(data)).toBe(createHash("sha256").update(data).digest("hex"));
      expect(toHex(sha256Bytes(data))).toBe(sha256(data));
    }),
  );
  expect(sha1("é")).toBe(createHash("sha1").update("é", "utf8").digest("hex"));
});
