import { gzipSync, strToU8, zipSync, zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { concat, fromLatin1, fromUtf8, toUtf8 } from "../base/bytes.ts";
import { Stream } from "../base/stream.ts";
import { scanContent } from "./engine.ts";
import { mint } from "./kinds.ts";
import { normalise, readings } from "./normalise.ts";
import { unpack, UNPACK_LIMITS } from "./unpack.ts";

const { value: token } = mint("githubToken", new Stream(1, "normalise"));
const { value: pem } = mint("privateKeyPem", new Stream(1, "normalise"));

function tarOf(files: Record<string, string>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const data = fromUtf8(text);
    const header = new Uint8Array(512);
    const put = (at: number, field: string) => header.set(fromLatin1(field), at);
    put(0, path);
    put(124, data.length.toString(8).padStart(11, "0"));
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\0");
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
    return [header, data, new Uint8Array((512 - (data.length % 512)) % 512)];
  });
  return concat([...blocks, new Uint8Array(1024)]);
}

describe("readings that make the engine see", () => {
  const cases: Record<string, readonly [text: string, line: number, reading: string]> = {
    "a token in the open": [`a\nb ${token}\n`, 2, "utf-8"],
    "right after a colour code": [`a\n\x1b[31m${token}\x1b[0m\n`, 2, "utf-8 ansi"],
    "after an escaped line feed": [`[\n{"log":"x\\n${token}"}]`, 2, "utf-8 json"],
    "after %3D": [`\n\ntoken%3D${token}`, 3, "utf-8 url"],
    "after an escaped line feed in a URL": [`a%5Cn${token}`, 1, "utf-8 json url json"],
    "a key with a time before each line": [
      pem.trimEnd().replaceAll(/^/gm, "2026-02-03T04:05:06.7890123Z "),
      1,
      "utf-8 log",
    ],
  };
  it.each(Object.entries(cases))("%s", async (_, [text, line, reading]) => {
    const { findings } = await scanContent("run.log", fromUtf8(text));
    const [found] = findings;
    expect(findings).toHaveLength(1);
    expect(found?.line).toBe(line);
    expect(reading.split(" ")).toEqual(expect.arrayContaining((found?.reading ?? "").split(" ")));
  });

  it("reads bytes that are no UTF-8 as Latin-1 too", async () => {
    // In UTF-8 the letter é stands before the token; in Latin-1 it is followed by a sign.
    for (const bytes of [fromUtf8(`é${token}`), fromLatin1(`\xff\xfe ${token} \xe9`)]) {
      expect((await scanContent("a.bin", bytes)).findings).toHaveLength(1);
    }
  });

  it("leads every place back to its line", () => {
    const text = "one\\n\n\x1b[1mtwo\x1b[0m\n2026-01-02T03:04:05Z thr%65e\nfour";
    for (const layer of readings(text, "utf-8")) {
      expect(
        ["two", "thr", "four"].map((word) => layer.line(layer.text.indexOf(word))),
        layer.reading,
      ).toEqual([2, 3, 4]);
    }
  });
});

describe("unpack", () => {
  const files = { "a/notes.txt": "nothing", "b/.env": `x\nTOKEN=${token}\n` };
  const zipped = zipSync(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])),
  );
  const containers: Record<string, readonly [bytes: Uint8Array, part: string[]]> = {
    gzip: [gzipSync(fromUtf8(files["b/.env"])), ["gzip"]],
    zip: [zipped, ["b/.env"]],
    "zip without compression": [zipSync({ "b/.env": [strToU8(files["b/.env"]), { level: 0 }] }), ["b/.env"]],
    tar: [tarOf(files), ["b/.env"]],
    "tar.gz": [gzipSync(tarOf(files)), ["gzip", "b/.env"]],
    "zip in tar.gz": [
      gzipSync(concat([tarOf({ x: "y" }).subarray(0, 1024), tarOf(files)])),
      ["gzip", "b/.env"],
    ],
    "loose git object": [zlibSync(fromUtf8(`blob 99\0${files["b/.env"]}`)), ["git blob"]],
    "truncated gzip": [
      gzipSync(fromUtf8(files["b/.env"] + new Stream(1, "tail").text(9000, "ab c"))).subarray(0, -900),
      ["gzip"],
    ],
  };
  it.each(Object.entries(containers))("%s", async (_, [bytes, part]) => {
    expect(await scanContent("release.bin", bytes)).toEqual({
      findings: [expect.objectContaining({ part, line: 2, messageId: "GITHUB_TOKEN" })],
      complete: true,
    });
  });

  it("gives every file of an archive its bytes", () => {
    const parts = unpack(zipped)
      .parts.filter(({ container }) => !container)
      .map(({ path, bytes }) => [path.join("/"), toUtf8(bytes)]);
    expect(parts).toEqual(Object.entries(files));
  });

  it("stops a bomb at the limit and says so", () => {
    const bomb = gzipSync(gzipSync(new Uint8Array(6_000_000)));
    const { parts: all, complete } = unpack(bomb, { ...UNPACK_LIMITS, bytes: 1_000_000 });
    expect(complete).toBe(false);
    const parts = all.filter(({ container }) => !container);
    expect(parts.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(1_000_000);
  });

  it("sees what hides behind a container, or only looks like one", async () => {
    const hidden = fromUtf8(`\n${token}\n`);
    const coats = [gzipSync(fromUtf8("x")), zipped, tarOf({ x: "y" }), fromUtf8("x^2 "), fromUtf8("hC")];
    for (const coat of coats) {
      const { findings } = await scanContent("a.bin", concat([coat, hidden]));
      expect(findings.map(({ messageId }) => messageId)).toEqual(["GITHUB_TOKEN"]);
    }
  });

  it("survives garbage of every length behind each sign", () => {
    for (const sign of ["\x1f\x8b\x08", "x\x9c", "PK\x03\x04", "a".repeat(257) + "ustar"]) {
      for (let length = 0; length < 700; length += 7) {
        const bytes = concat([fromLatin1(sign), new Stream(length, "garbage").bytes(length)]);
        expect(normalise(bytes).complete).toBe(true);
      }
    }
  });
});
