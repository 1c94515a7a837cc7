/** hosts.yml: what gh writes itself is read without a parser of YAML, and comes to the same. */
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Context } from "../lib/invocation.ts";
import { readHost } from "./signIn.ts";

const token = "a1b2";

function reading(text: string) {
  const context = { exportedEnv: { HOME: "/home/mina" }, fs: { readFile: async () => text } };
  return readHost(context as unknown as Context);
}

const own = `forge.test:
    users:
        mina:
            oauth_token: ${token}
    git_protocol: https
    user: mina
    oauth_token: ${token}
`;

test.each([
  ["as gh writes it", own],
  ["without a line at the end", own.trimEnd()],
  ["with other hosts", `other.test:\n    user: sam\n${own}`],
  ["indented by two", own.replaceAll("    ", "  ")],
  ["quoted", own.replaceAll(`: ${token}`, `: "${token}"`)],
  ["with a comment", `# mine\n${own}`],
  ["a user named like a value", own.replace("    user: mina", "    user: true")],
  ["nobody", "forge.test:\n    users:\n"],
  ["nothing", "{}\n"],
  ["empty", ""],
  ["names of prototypes", "__proto__:\n    oauth_token: x\n"],
])("%s", async (_title, text) => {
  const entry = (parse(text) as Record<string, Record<string, unknown> | null> | null)?.["forge.test"];
  const expected =
    typeof entry?.["oauth_token"] !== "string"
      ? null
      : {
          user: typeof entry["user"] === "string" ? entry["user"] : "",
          token: entry["oauth_token"],
          protocol: entry["git_protocol"] ?? "https",
        };
  expect(await reading(text)).toEqual(expected);
});

test("twice the same key is no configuration", async () => {
  await expect(reading(`${own}forge.test:\n    user: x\n`)).rejects.toThrow("invalid config file");
});
