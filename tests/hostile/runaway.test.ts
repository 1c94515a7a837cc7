/** Lines that never end, fill everything or reach for what is not theirs: a clear error, and the same shell goes on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { headerOf, Stage } from "../../src/cli/attemptRun.ts";
import { emptyLab } from "../../src/cli/emptyLab.ts";

let stage: Stage;
const line = async (text: string) =>
  (await stage.apply({ kind: "line", terminal: 1, text })) as Awaited<ReturnType<Stage["apply"]>>;

beforeAll(async () => {
  stage = await Stage.open(emptyLab, headerOf(emptyLab, 11));
  await line(
    'mkdir w && cd w && git init -q && echo kept > kept.txt && git add . && kept=yes && there() { echo "still $1"; }',
  );
}, 120_000);

afterAll(() => stage.end());

/** Longer than any of them takes on a busy machine, shorter than a person's patience. */
const SECONDS = 30;

/** What every line leaves alone: files, repository, variables, functions, place, and an answer to the next line. */
async function intact(): Promise<void> {
  const after = await line(
    'there "$kept"; cat kept.txt; pwd; git fsck --full --strict > /dev/null 2>&1 && echo sound',
  );
  expect(after.stderr).toBe("");
  expect(after.stdout).toBe("still yes\nkept\n/home/learner/w\nsound\n");
  expect(await stage.digest()).toMatch(/^[0-9a-f]{64}$/);
}

/** A line and the sentence that ends it. */
const LIMITED: readonly (readonly [line: string, sentence: string])[] = [
  ["while true; do :; done", "a line may run at most 20000 commands"],
  ["until false; do :; done", "a line may run at most 20000 commands"],
  ["for ((;;)); do x=1; done", "a line may run at most 20000 commands"],
  ["while true; do echo not here; done > /dev/null", "a line may run at most 20000 commands"],
  ["f() { f; }; f; echo not here", "functions may call one another at most 100 deep"],
  ["a() { b; }; b() { a; }; a", "functions may call one another at most 100 deep"],
  ["bomb() { bomb | bomb & }; bomb", "functions may call one another at most 100 deep"],
  ["x=x; while true; do x=$x$x; done", "a text may hold at most 8 MiB"],
  ["s=$(printf '%01000000d' 0); for i in {1..60}; do echo $s; done", "a line may print at most 8 MiB"],
  [
    "s=$(printf '%01000000d' 0); for i in {1..60}; do echo $s not here; done | wc -c",
    "a line may print at most 8 MiB",
  ],
  ["echo {1..100000000}", "braces may expand to at most 10000 words"],
  [
    "echo {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
    "braces may expand to at most 10000 words",
  ],
  ["a=(); for ((i=0;;i++)); do a+=(x x x x x x x x x x); done", "an array may hold at most 16000 elements"],
  ["bash -c 'bash -c \"while :; do :; done\"'", "a line may run at most 20000 commands"],
  ["printf 'bash ./again.sh\\n' > again.sh; bash again.sh", "scripts may start one another at most 24 deep"],
  ["printf '. ./again.sh\\n' > again.sh; . ./again.sh", "files may source one another at most 50 deep"],
  ['e=\'eval "$e"\'; eval "$e"', "a line may run at most 20000 commands"],
];

describe("a limit ends the line, in one sentence that names it", () => {
  test.each(LIMITED)("%s", { timeout: 2 * SECONDS * 1000 }, async (text, sentence) => {
    const began = performance.now();
    const { stdout, stderr, applied } = await line(text);
    expect(stderr.trim().split("\n").at(-1)).toBe(`bash: stopped: ${sentence}`);
    expect(applied.limit).toBe(`bash: stopped: ${sentence}`);
    expect(applied.exitCode).not.toBe(0);
    expect(stdout).not.toContain("not here");
    expect((performance.now() - began) / 1000).toBeLessThan(SECONDS);
    await intact();
  });
});

/** A line and what its error says; the line may end well. */
const REFUSED: readonly (readonly [line: string, stderr: RegExp])[] = [
  ["awk 'BEGIN { while (1); }'", /awk: .*iterations/],
  ["awk 'function f() { f() } BEGIN { f() }'", /awk: .*depth/],
  ["jq -n 'def f: f; f'", /jq: .*limit/],
  ["jq -n '[range(1e9)] | length'", /jq: .*limit/],
  ["echo x | sed ':a;s/^/x/;ba'", /sed: |stopped/],
  ["seq 1 100000000", /stopped|seq/],
  ["printf '%09999999999d' 1", /./],
  [
    "printf '%01000000d' 0 > m; for i in {1..6}; do cat m m m > n; mv n m; done; wc -c < m",
    /File too large|too large|stopped/,
  ],
  ["for i in {1..9}; do head -c 50000000 /dev/zero > z$i; done; truncate -s 209715200 huge", /./],
  ["mkdir -p $(printf 'a/%.0s' {1..300})", /cannot create directory/],
  ["touch $(printf 'n%.0s' {1..300})", /too long/i],
  ["echo x > /etc/passwd", /Permission denied/],
  ["cat ../../../../../../../../etc/shadow", /No such file|Permission denied/],
  ["ln -s loop1 loop2; ln -s loop2 loop1; cat loop1; rm -f loop1 loop2; false", /loop1/],
  ["exec 9<> /dev/tcp/127.0.0.1/80", /./],
  ["curl -s -S http://127.0.0.1/", /curl/],
  ["echo $((1 / 0))", /division by/],
  ["cat $'a\\0b'", /No such file|Invalid argument/],
  ["git commit -m \"$(printf 'a\\0b')\" --author '<>'", /./],
  ["git -c alias.boom='!while :; do :; done' boom", /./],
  ["( while :; do ( while :; do :; done ); done )", /stopped/],
  ["x=$(while :; do echo y; done)", /stopped/],
  ["git add ../../../etc/passwd", /outside repository/],
];

describe("an error in the words of the tool, and the shell goes on", () => {
  test.each(REFUSED)("%s", { timeout: 2 * SECONDS * 1000 }, async (text, message) => {
    const began = performance.now();
    const { stderr, applied } = await line(text);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/executionLimits|internal error|TypeError|RangeError|at \w+ \(|undefined/);
    expect(applied.exitCode).not.toBe(0);
    expect((performance.now() - began) / 1000).toBeLessThan(SECONDS);
    await line("rm -rf again.sh m n z? huge a nn* nul; unset x s a e; cd ~/w");
    await intact();
  });
});

/** Odd bytes are only bytes. */
const ODD: readonly (readonly [line: string, stdout: string])[] = [
  ["printf 'a\\0b' | wc -c", "3\n"],
  ["printf 'a\\0b' > nul; od -An -c nul; rm nul", "   a  \\0   b\n"],
  ["printf '\\033]0;title\\007' | cat -v", "^[]0;title^G"],
  ["echo $'\\x01\\x02' | cat -v", "^A^B\n"],
  ["echo 'a\rb' | cat -v", "a^Mb\n"],
  ["touch $'new\\nline' && ls --quoting-style=c 2>/dev/null | grep -c . && rm $'new\\nline'", ""],
  ["cd /../../.. && pwd; cd ~/w", "/\n"],
  ["[[ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa =~ (a+)+$ ]] && echo matched", "matched\n"],
  ["echo 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | grep -cE '^(a+)+$'", "0\n"],
  ["echo 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | sed -E 's/^(a+)+$/x/' | wc -c", "48\n"],
];

describe("odd bytes and odd patterns", () => {
  test.each(ODD)("%s", { timeout: 2 * SECONDS * 1000 }, async (text, stdout) => {
    const began = performance.now();
    const shown = await line(text);
    expect(shown.stdout).toContain(stdout);
    expect((performance.now() - began) / 1000).toBeLessThan(SECONDS);
    await intact();
  });
});

test("escape sequences leave the core as they came: the page is what disarms them", async () => {
  const { stdout } = await line("printf '\\033[31mred\\033[0m'");
  expect(stdout).toBe("\u001b[31mred\u001b[0m");
});

test("Ctrl-C at a unit of work ends a runaway there, twice in the same state", async () => {
  const inputs = [
    { kind: "line", terminal: 1, text: "n=0; while true; do n=$((n + 1)); echo $n > count.txt; done" },
    { kind: "interrupt", terminal: 1, work: 200 },
    { kind: "line", terminal: 1, text: "echo after $n" },
  ] as const;
  const digests: string[] = [];
  for (let again = 0; again < 2; again++) {
    const replayed = await Stage.open(emptyLab, headerOf(emptyLab, 11), inputs);
    digests.push(await replayed.digest());
    expect(replayed.opened.transcript.map(({ exitCode }) => exitCode)).toEqual([130, 0]);
    await replayed.end();
  }
  expect(digests[0]).toBe(digests[1]);
}, 60_000);
