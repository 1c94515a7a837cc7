import { describe, expect, it } from "vitest";
import { fromBase64, fromUtf8, toLatin1 } from "../base/bytes.ts";
import { Stream } from "../base/stream.ts";
import { crc32, isBech32 } from "./checksum.ts";
import { scan } from "./engine.ts";
import { isKind, KINDS, mint, type Kind } from "./kinds.ts";
import { prepareNeedles } from "./needles.ts";
import { trace } from "./trace.ts";

const kinds = Object.keys(KINDS) as Kind[];
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

function base62(number: number, alphabet: string): string {
  let out = "";
  for (let rest = number; out.length < 6; rest = Math.floor(rest / 62))
    out = alphabet.charAt(rest % 62) + out;
  return out;
}

const [DIGITS, UPPER, LOWER] = [
  "0123456789",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "abcdefghijklmnopqrstuvwxyz",
] as const;
const ALPHABETS = [
  DIGITS + UPPER + LOWER,
  DIGITS + LOWER + UPPER,
  UPPER + LOWER + DIGITS,
  LOWER + UPPER + DIGITS,
];

/** Whether a token's last six characters are its checksum, whatever it is taken over and in whatever alphabet. */
function hasRightChecksum(token: string): boolean {
  const bodies = [token.slice(4, -6), token.slice(0, -6), token.slice(token.lastIndexOf("_") + 1, -6)];
  return bodies.some((body) =>
    ALPHABETS.some((alphabet) => base62(crc32(fromUtf8(body)), alphabet) === token.slice(-6)),
  );
}

const numberOf = (pem: string) => fromBase64(pem.split("\n").slice(1, -2).join("")).subarray(36, 44);

/** What makes a value invalid outside, by kind. */
const PROOFS: Partial<Record<Kind, (value: string, parts: Readonly<Record<string, string>>) => boolean>> = {
  githubToken: (value) => value.length === 40 && !hasRightChecksum(value),
  githubAppToken: (value) => value.length === 40 && !hasRightChecksum(value),
  githubOauthToken: (value) => value.length === 40 && !hasRightChecksum(value),
  githubFineGrainedToken: (value) => value.length === 93 && !hasRightChecksum(value),
  npmToken: (value) => value.length === 40 && !hasRightChecksum(value),
  awsKey: (value, { accessKeyId = "" }) => /[0189]/.test(accessKeyId.slice(4)) && /[A-Za-z0-9]$/.test(value),
  postgresUrl: (value) => new URL(value).hostname.endsWith(".test"),
  hvs: (value) => (value.length - "hvs.".length) % 4 === 1,
  dockerPat: (value) => !/[AEIMQUYcgkosw048]$/.test(value) && value.length === 36,
  slackWebhook: (_, { key = "" }) => key.length === 25,
  pypiToken: (value) =>
    atob(value.slice(5, 33).replaceAll("-", "+").replaceAll("_", "/")).includes("pypi.test"),
  jwt: (value) => JSON.parse(atob(value.split(".")[1] as string)).iss.endsWith(".test"),
  ageKey: (value) => {
    const text = value.toLowerCase();
    const at = text.lastIndexOf("1", 16);
    return !isBech32(text.slice(0, at), text.slice(at + 1));
  },
  rsaKeyPem: (value) => {
    const der = fromBase64(value.split("\n").slice(1, -2).join(""));
    const [type, length, zero] = der.subarray(7, 10);
    return type === 2 && length === 65 && zero === 0 && (der[9 + 64] as number) % 2 === 0;
  },
  privateKeyPem: (value) => numberOf(value).every((byte) => byte === 0xff),
};

describe("checksums used by the proofs", () => {
  it("knows CRC-32 and Bech32", () => {
    expect(crc32(fromUtf8("123456789"))).toBe(0xcbf43926);
    // A test vector of BIP 173: no data, only the checksum.
    expect(isBech32("a", "2uel5l")).toBe(true);
    expect(isBech32("a", "2uel5m")).toBe(false);
  });
});

describe.each(kinds)("%s", (kind) => {
  it("is found by the engine in every minting", async () => {
    for (const seed of SEEDS) {
      const { sample } = mint(kind, new Stream(seed, `mint/${kind}`));
      const findings = await scan({ path: "notes.txt", text: `# settings\n${sample}\n` });
      expect(findings, `seed ${seed}`).toEqual([
        expect.objectContaining({ ...KINDS[kind].found, line: expect.any(Number) }),
      ]);
      for (const needle of mint(kind, new Stream(seed, `mint/${kind}`)).needles)
        expect(findings[0]?.message).not.toContain(needle);
    }
  });

  it("is found by the trace", () => {
    for (const seed of SEEDS) {
      const { sample, needles } = mint(kind, new Stream(seed, `mint/${kind}`));
      const prepared = prepareNeedles(needles.map((value, i) => ({ credential: `planted/${i}`, value })));
      expect(trace(prepared, fromUtf8(sample)).hits).toHaveLength(needles.length);
    }
  });

  it("cannot be valid outside", () => {
    const proof = PROOFS[kind];
    if (!proof) return expect(["openbaoToken", "googleApiKey", "password"]).toContain(kind);
    for (const seed of SEEDS) {
      const { value, parts } = mint(kind, new Stream(seed, `mint/${kind}`));
      expect(proof(value, parts), `seed ${seed}`).toBe(true);
    }
  });

  it("is the same for the same seed and another one for another seed", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => mint(kind, new Stream(seed, "x")).value);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(toLatin1(fromUtf8(a as string))).toBe(a);
  });
});

it("tells kinds from other names", () => {
  expect([isKind("githubToken"), isKind("toString"), isKind("")]).toEqual([true, false, false]);
});
