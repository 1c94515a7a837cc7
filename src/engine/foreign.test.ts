import { describe, expect, it } from "vitest";
import { toBase64, fromUtf8 } from "../base/bytes.ts";
import { Stream } from "../base/stream.ts";
import { foreignCredentials } from "./foreign.ts";
import { KINDS, mint, type Kind } from "./kinds.ts";

const kinds = Object.keys(KINDS) as Kind[];
/** Shapes that nobody issues, or hosts that reach nothing: these may always be typed. */
const HARMLESS: readonly Kind[] = ["password", "postgresUrl"];

describe("foreignCredentials", () => {
  it.each(kinds)("refuses a foreign %s and lets a known one pass", async (kind) => {
    const { sample, value, needles } = mint(kind, new Stream(4, "foreign"));
    const refused = HARMLESS.includes(kind) ? [] : [expect.objectContaining(KINDS[kind].found)];
    expect(await foreignCredentials(`echo '${sample}'`, [])).toEqual(refused);
    expect(await foreignCredentials(`echo '${sample}'`, [value])).toEqual([]);
    expect(await foreignCredentials(`echo '${sample}'`, kind.endsWith("Pem") ? [value] : needles)).toEqual(
      [],
    );
    const other = mint(kind, new Stream(5, "foreign")).value;
    expect(await foreignCredentials(`echo '${sample}'`, [other])).toEqual(refused);
  });

  it("refuses a token that is glued to an escape or hidden in a JSON string", async () => {
    const { value } = mint("githubToken", new Stream(6, "foreign"));
    for (const text of [`{"log": "token:\\n${value}"}`, `\x1b[31m${value}\x1b[0m`, `key%3D${value}`]) {
      expect(await foreignCredentials(text, []), text).toHaveLength(1);
    }
  });

  const aws = ["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY"].join("");
  const stream = new Stream(7, "foreign");
  const password = stream.text(20, "abcdefghijklmnopqrstuvwxyz0123456789");
  const harmless: Record<string, string> = {
    "AWS documentation": `aws_secret_access_key = ${aws}`,
    "Slack documentation": `${["https://hooks.slack", "com/services"].join(".")}/T00000000/B00000000/${"X".repeat(24)}`,
    "a database under .test": `postgres://tides:${password}@db.lantern-tides.test:5432/tides`,
    "a site of RFC 2606": `curl https://ann:${password}@www.example.com/x`,
    "a reference to a variable": "//registry.npm.test/:_authToken=${NPM_TOKEN}",
    "an assignment with a password of one's own": `PGPASSWORD=${password} psql`,
    prose: "git commit -m 'rotate the password' && git push",
  };
  it.each(Object.entries(harmless))("lets %s pass", async (_, text) => {
    expect(await foreignCredentials(text, [])).toEqual([]);
  });

  const refused: Record<string, string> = {
    "a database on a real host": `postgres://tides:${password}@db.tides.dev:5432/tides`,
    "a user named like a reserved host": `postgres://a.test:${password}@db.tides.dev/tides`,
    "a real host that begins like a reserved one": `https://ann:${password}@www.example.com.tides.dev/x`,
  };
  it.each(Object.entries(refused))("refuses %s", async (_, text) => {
    expect(await foreignCredentials(text, [])).toHaveLength(1);
  });

  it("does not see through base64: that is the trace's work, which needs to know the value", async () => {
    const { value } = mint("githubToken", new Stream(8, "foreign"));
    expect(await foreignCredentials(toBase64(fromUtf8(value)), [])).toEqual([]);
  });
});
