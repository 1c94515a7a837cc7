/** The chat from a terminal, and as a surface: what is posted, edited and deleted there can be found. */
import { describe, expect, test } from "vitest";
import { detectSecrets } from "../../src/attempt/detect.ts";
import { Play } from "../../src/attempt/play.ts";
import { parseManifest } from "../../src/lab/parse.ts";

const MANIFEST = `id: talking
title: People talk
version: 1.0.0
module: day-one
minutes: 5
difficulty: easy
services: [forge, chat]
work: notes
people: [{ login: mina, organisation: owner }, { login: teo }]
repository: { name: lantern-tides/notes }
credentials:
  - { id: db, kind: postgresUrl, owner: teo, scope: database, variable: DB_VALUE }
tasks: [Look around.]
ahead: No known event ahead.
checks:
  - { id: quiet, title: Not in the chat, kind: absent, mark: clean, required: true, with: { credential: db, surfaces: [chat] } }
diagnoses:
  - { id: W1, check: quiet, kind: copy-there, message: "It is in {place}.", with: { credential: db, surfaces: [chat] } }
`;

const SETUP = `mkdir notes
printf '%s' "$DB_VALUE" > ~/value
as teo 'chat post general "Good morning"; chat create -p keys; chat post keys "between us"'
`;

async function talking() {
  const parsed = parseManifest(MANIFEST);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const printed: string[] = [];
  const play = await Play.begin({
    bundle: { manifest: parsed.value, start: { setup: SETUP, files: {} }, stories: {} },
    header: {
      format: "leaklab-attempt/1",
      lab: "talking",
      labVersion: "1.0.0",
      labDigest: "0".repeat(64),
      core: "test",
      seed: 5,
      setting: "normal",
    },
    detect: detectSecrets,
    enter: (_world, run) => run(),
    audience: {
      output: (_terminal, { text }) => void printed.push(text),
      clear: () => undefined,
      work: () => undefined,
    },
  });
  const run = async (text: string) => {
    printed.length = 0;
    const { exitCode } = await play.step({ kind: "line", terminal: 1, text });
    return [exitCode, printed.join("")] as const;
  };
  return { play, run };
}

describe("from a terminal", () => {
  test("channels are listed, read and written", async () => {
    const { run } = await talking();
    expect(await run("chat channels")).toEqual([0, "#general\n"]);
    const [, read] = await run("chat read general");
    expect(read).toMatch(/^2026-02-28 \d\d:\d\d {2}teo {2}Good morning {2}\(\d+\.\d{6}\)\n$/);
    await run(`ts=$(chat post "#general" "Hello @teo")`);
    expect((await run("chat read general -n 1"))[1]).toMatch(/ {2}learner {2}Hello @teo {2}\(/);
    await run(`echo "And goodbye" | chat post general -t $ts`);
    expect((await run(`chat read general -t $ts | wc -l`))[1].trim()).toBe("2");
    await run(`chat edit general $ts Hello again`);
    expect((await run("chat read general -n 1"))[1]).toMatch(/Hello again {2}\(edited, 1 reply, /);
    expect(await run(`chat delete general $ts`)).toEqual([0, ""]);
    expect((await run("chat read general -n 1"))[1]).toMatch(/Good morning/);
  });

  const REFUSED: readonly (readonly [line: string, code: number, said: string])[] = [
    ["chat shout", 2, "chat: 'shout' is not a chat command. See 'chat help'.\n"],
    ["chat read keys", 1, "chat: channel_not_found\n"],
    ["chat post general ''", 1, "chat: no_text\n"],
    ["chat export", 1, "chat: not_allowed\n"],
    ["chat post @magpie hello", 1, "chat: user_not_found\n"],
    ["chat read general -z", 2, "chat: invalid option -- 'z'\n"],
  ];
  test.each(REFUSED)("%s", async (line, code, said) => {
    const { run } = await talking();
    expect(await run(line)).toEqual([code, said]);
  });
});

describe("as a surface", () => {
  const WAYS: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ["in the open", ['chat post general "it is $(cat ~/value)"']],
    ["encoded", ['chat post general "it is $(base64 -w0 ~/value)"']],
    ["in a direct message", ['chat post @teo "$(cat ~/value)"']],
    ["edited away", ['ts=$(chat post general "$(cat ~/value)")', "chat edit general $ts sorry"]],
    ["deleted", ['ts=$(chat post general "$(cat ~/value)")', "chat delete general $ts"]],
  ];
  test.each(WAYS)("a value is found there: %s", async (_what, lines) => {
    const { play, run } = await talking();
    expect((await play.grade()).diagnoses).toEqual([]);
    for (const line of lines) await run(line);
    const { checks, diagnoses } = await play.grade();
    expect(checks[0]?.verdict).toBe("fail");
    expect(diagnoses[0]?.message).toMatch(
      /^It is in (?:#general|a direct message), message [\d.]+ of learner/,
    );
  });
});
