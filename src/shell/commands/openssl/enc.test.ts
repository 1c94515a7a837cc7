import { InMemoryFs } from "just-bash/browser";
import { expect, test } from "vitest";
import { Shell } from "../../session.ts";
import { unattended } from "../../terminal.ts";
import { opensslCommand } from "../openssl.ts";

async function run(line: string) {
  const shown = { stdout: "", stderr: "" };
  const terminal = {
    ...unattended,
    write: (stream: "stdout" | "stderr", text: string) => void (shown[stream] += text),
  };
  const fs = new InMemoryFs({ "/home/lin/word": "high-water\nmore\n", "/home/lin/plain": "tide\n" });
  const ports = {
    fs,
    terminal,
    commands: [opensslCommand],
    sleep: async () => undefined,
    tick: async () => undefined,
  };
  const shell = new Shell(ports, { name: "lin", home: "/home/lin", uid: 1000, hostname: "laptop", env: {} });
  const { exitCode } = await shell.run(line);
  return { ...shown, exitCode };
}

// Locked by OpenSSL 3.0 with the password "high-water".
test.each([
  ["-aes-256-cbc -pbkdf2 -pass pass:high-water", "U2FsdGVkX1/pJzrXpUvoXYiYaLX7YLPvKB1aG1fB0Ug="],
  ["-aes-256-cbc -md sha256 -k high-water", "U2FsdGVkX18Sx2L2qVsbFjPGG2e2K0zR+u50m3pK2RY="],
  ["-aes-128-cbc -iter 500 -pass file:word", "U2FsdGVkX1/0R7JcmGUfdwDo2N/z87lqI+O4aTDDo1w="],
])("opens what the real one locked: %s", async (how, text) => {
  expect(await run(`echo ${text} | openssl enc -d -a ${how}`)).toMatchObject({
    stdout: "tide\n",
    exitCode: 0,
  });
});

test("there and back, through a file", async () => {
  const how = "-aes-256-cbc -pbkdf2 -iter 10";
  const lock = `openssl enc ${how} -k a -in plain -out locked; head -c 8 locked; echo;`;
  const { stdout, exitCode } = await run(
    `${lock} W=a; export W; openssl enc -d ${how} -pass env:W -in locked`,
  );
  expect({ stdout, exitCode }).toEqual({ stdout: "Salted__\ntide\n", exitCode: 0 });
});

test.each([
  ["-d -aes-256-cbc -pbkdf2 -k wrong -a <<< U2FsdGVkX1/pJzrXpUvoXYiYaLX7YLPvKB1aG1fB0Ug=", /^bad decrypt/],
  ["-d -aes-256-cbc -pbkdf2 -k a -in plain", /^bad magic number/],
  ["-aes-256-cbc -pbkdf2 -in plain", /^bad password read/],
  ["-aes-256-cbc -pbkdf2 -k a -in nope", /^Can't open "nope" for reading/],
  ["-aes-256-cbc -k a -in nope", /^Can't open/],
  ["-aes-256-gcm -k a -in plain", /not simulated in LeakLab/],
  ["-aes-256-cbc -iter 999999999 -k a -in plain", /not simulated in LeakLab/],
])("says what is wrong: %s", async (how, words) => {
  const { stderr, exitCode } = await run(`openssl enc ${how}`);
  expect(stderr).toMatch(words);
  expect(exitCode).toBe(1);
});
