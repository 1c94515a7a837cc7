import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { describe, expect, it } from "vitest";
import { Stream } from "../base/stream.ts";
import { MARKS, worthScanning } from "./glance.ts";
import { KINDS, mint, type Kind } from "./kinds.ts";
import { lint } from "./lint.ts";
import { FIXTURES } from "./patterns/fixtures.ts";
import { PATTERN_RULE_ID } from "./patterns/rule.ts";

const fs = process.getBuiltinModule("node:fs");

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const BASE62 = DIGITS + LOWER + LOWER.toUpperCase();
const stream = new Stream(3, "glance");
const word = (length: number, alphabet = BASE62) => stream.text(length, alphabet);
/** Kept in pieces: no file of the repository holds what looks like a token. */
const joined = (...parts: string[]) => parts.join("");

const RULE = "@secretlint/secretlint-rule-";
const pem = mint("privateKeyPem", stream).value;
const service = JSON.stringify({ private_key_id: word(20), private_key: pem });
/** `fQ` is how the end of a JSON object reads in base 64; three bytes make four characters. */
const account = btoa(JSON.stringify({ account: word(86) })).replace(/=*$/, "");

/** Texts in which a rule finds something, by rule; in all shapes that its source knows. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  aws: [`aws_secret_access_key = ${word(40)}`, `SECRETACCESSKEY=>"${word(40)}"`],
  gcp: [service, service.replaceAll("_", "\\u005f").replaceAll("PRIVATE", "\\u0050RIVATE")],
  privatekey: [pem],
  npm: [joined("np", "m_") + word(36)],
  slack: [
    joined("xo", "xp-") + `${word(12, DIGITS)}-${word(24)}`,
    joined("xa", "pp-") + `1-${word(12)}-${word(24)}`,
    joined("HTTPS://Hooks.", "Slack.com/") + `services/T${word(9)}/B${word(9)}/${word(24)}`,
  ],
  basicauth: [`ftp://teo:${word(20)}@files.lantern-tides.test/x`],
  openai: [joined("s", "k-") + word(20) + joined("T3Blbk", "FJ") + word(20)],
  anthropic: [joined("sk-a", "nt-api03-") + `${word(93)}AA`],
  groq: [joined("gs", "k_") + word(52)],
  huggingface: [joined("h", "f_") + word(34, LOWER)],
  linear: [joined("lin_", "api_") + word(40)],
  notion: [joined("nt", "n_") + word(11, DIGITS) + word(35)],
  sendgrid: [joined("S", "G.") + `${word(22)}.${word(43)}`],
  shopify: ["pa", "ca", "at", "ss"].map((kind) => joined("sh", "p", kind, "_") + word(32)),
  stripe: ["sk_live", "sk_test", "rk_live", "rk_test"].map((kind) => joined(kind, "_") + word(40)),
  github: [
    ...["p", "o", "u", "s", "r"].map((kind) => joined("g", "h", kind, "_") + word(36)),
    joined("github", "_pat_") + word(82),
    joined("gh", "s_") + `${word(6, DIGITS)}_${word(30)}.${word(30)}.${word(30)}`,
  ],
  gitlab: [joined("gl", "pat-") + word(20)],
  grafana: [joined("gl", "c_") + word(60), joined("gl", "sa_") + `${word(32)}_${word(8, HEX)}`],
  "1password": [joined("op", "s_") + account],
  "database-connection-string": ["mongodb", "MongoDB+srv", "mysql", "mysqlx", "postgres", "PostgreSQL"].map(
    (kind) => `${kind}://teo:${word(20)}@db.lantern-tides.test/tides`,
  ),
  "hashicorp-vault": [
    joined("hv", "s.") + word(95),
    joined("hv", "b.") + word(140),
    joined("hv", "r.") + word(95),
  ],
  vercel: ["p", "i", "a", "r", "k"].map((kind) => joined("v", "c", kind, "_") + word(24)),
  databricks: [joined("da", "pi") + word(32, HEX)],
  docker: [joined("dckr", "_pat_") + word(27)],
  figma: [joined("fi", "gd_") + word(44)],
  cloudflare: ["k", "ut", "at"].map((kind) => joined("c", "f", kind, "_") + word(40) + word(8, HEX)),
  tailscale: [joined("ts", "key-") + `auth-${word(16)}-${word(32)}`],
};

/** A `.json` file, which the rule for service accounts asks for. */
const found = async (text: string) => (await lint({ path: "a.json", text })).map(({ ruleId }) => ruleId);

const markOf = (id: string): RegExp => MARKS[id] as RegExp;

it("knows exactly the rules of the canonical configuration", () => {
  const canonical = rules.map(({ meta }) => meta.id).filter((id) => !id.endsWith("filter-comments"));
  expect(Object.keys(MARKS).toSorted()).toEqual([...canonical, PATTERN_RULE_ID].toSorted());
  expect(Object.keys(SAMPLES).toSorted()).toEqual(canonical.map((id) => id.slice(RULE.length)).toSorted());
});

it("was read off this version of the rules", () => {
  const file = new URL(
    "../../node_modules/@secretlint/secretlint-rule-preset-recommend/package.json",
    import.meta.url,
  );
  expect((JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version).toBe("13.0.7");
});

describe.each(Object.entries(SAMPLES))("%s", (rule, samples) => {
  it.each(samples.map((text, i) => [i, text] as const))("bears its mark, shape %i", async (_, text) => {
    expect(await found(text)).toContain(RULE + rule);
    expect(text).toMatch(markOf(RULE + rule));
  });

  it("bears its mark wherever a character can be left out", async () => {
    for (const text of samples)
      for (let i = 0; i < Math.min(text.length, 60); i++) {
        const less = text.slice(0, i) + text.slice(i + 1);
        for (const id of await found(less)) expect(less).toMatch(markOf(id));
      }
  });
});

it("passes every kind that labs plant, and every fixture of our own rule", async () => {
  for (const kind of Object.keys(KINDS) as Kind[])
    expect(worthScanning(mint(kind, stream).sample), kind).toBe(true);
  for (const [id, { prefix, alphabet, length, ok }] of Object.entries(FIXTURES))
    for (const text of ok)
      expect(text.replace("‹value›", prefix + word(length, alphabet)), id).toMatch(markOf(PATTERN_RULE_ID));
});

it("passes by what developers type and write all day", () => {
  for (const text of [
    "git status",
    'git commit -q -m "Load harbour codes"',
    "export default { url: process.env.DATABASE_URL, tasks: this.list.map((it) => it.id) };",
    "Ask Priya for the password.",
    "https://forge.test/lantern-tides/tides.git",
  ])
    expect(worthScanning(text), text).toBe(false);
});
