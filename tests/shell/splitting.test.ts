/**
 * Commands of just-bash that load later (src/shell/splitting.ts) do what they do in one piece: a worker thread has the
 * parts, this process has the whole.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Play } from "../../src/attempt/play.ts";
import { detectSecrets } from "../../src/attempt/detect.ts";
import { headerOf, Stage } from "../../src/cli/attemptRun.ts";
import { patchJustBash } from "../../src/shell/bundling.ts";
import { packTables } from "../../src/shell/packing.ts";
import { splitJustBash } from "../../src/shell/splitting.ts";
import { walkLab } from "../walks/lab.ts";

/** Each line calls at least one command of the later part; together they call nearly all. */
const LINES: readonly string[] = [
  `cd ~/walk && printf 'b 2\\na 1\\nc 3\\na 1\\n' > t && printf 'x,y\\n1,2\\n' > t.csv`,
  `awk '{ sum += $2; seen[$1]++ } END { print sum, seen["a"] }' t`,
  `sort t | uniq -c`,
  `sort -k2,2nr t | cut -d' ' -f1 | paste -sd, -`,
  `tr a-z A-Z < t | rev | nl`,
  `printf 'a\\tb\\n' | expand -t4; printf '        z\\n' | unexpand`,
  `printf 'a long line of words\\n' | fold -w 6`,
  `comm -12 <(sort -u t) <(printf 'a 1\\n'); join <(sort -u t) <(printf 'a q\\nc r\\n')`,
  `split -l 2 t part- && ls part-* && cat part-ab`,
  `printf 'k v\\nkey value\\n' | column -t`,
  `find . -name '*.txt' -not -path './.git/*' | sort`,
  `find src -type f -exec wc -l {} +`,
  `tree src docs; du -a docs`,
  `env | grep -c '^HOME='; printenv HOME; env -i A=1 printenv A`,
  `printf 'one two' | xargs -n1 echo got`,
  `printf '{"a":[1,{"b":"c"}]}' | jq -c '.a[1].b, (.a|length)'`,
  `printf 'tide' | base64 | base64 -d; echo`,
  `diff t <(sort t); diff -u t <(head -2 t) | tail -n +3`,
  `timeout 5 echo in time; expr 6 '*' 7`,
  `printf 'tide' | md5sum; printf 'tide' | sha1sum; printf 'tide' | sha256sum`,
  `file t README.md; strings -n 3 t`,
  `tac t; printf 'AB' | od -c | head -1; printf 'AB' | xxd`,
  `gzip -c t | gunzip -c | head -1; gzip -k t && zcat t.gz | wc -l; rm t.gz`,
  `rg -n moon docs; grep -rn moon docs; egrep 'o(n|e)' src/list.txt; fgrep -c one src/list.txt`,
  `stat -c '%s %F' t; wc -c < t`,
  `[[ "tide 12" =~ ([a-z]+)\\ ([0-9]+) ]] && echo "\${BASH_REMATCH[2]}"; sed -E 's/(.) (.)/\\2 \\1/' t`,
  `awk 'BEGIN { printf "%s", x' t; jq '.a[' t; find -nope; sort --nope t; xargs --nope < t`,
  `seq 3 | while read -r n; do echo $((n * n)); done | awk '{ s += $1 } END { print s }'`,
  `help | head -1; declare -A seen=([a]=1); declare -p seen; readonly tide=1; tide=2; shopt -s nullglob; shopt nullglob`,
  `tide() { local high=3; echo $high; }; tide; mapfile -t rows < t; echo "\${rows[2]}"; pushd docs; dirs; popd; set -- -a x; getopts a: o; echo $o $OPTARG`,
  `compgen -b | head -2; hash -r; alias ll='ls -l'; alias; unalias ll; which ls; hostname; whoami; date -u +%Y`,
  `ls -d docs; ln -s t u; readlink u; touch v; head -1 t; tail -1 t; echo x | tee v; mkdir w; rmdir w; rm u v`,
  `r='^\\p{Lu}\\p{L}+$'; [[ Ärger =~ $r ]]; echo $?; [[ ärger =~ $r ]]; echo $?; echo ŸÀя | sed -E 's/\\p{Latin}/l/g'`,
  `help | head -1; history | head -1 | wc -l`,
  `rm -f t t.csv part-*; git status --short`,
];

let stage: Stage;
const whole: { text: string; exitCode: number }[] = [];
const header = headerOf(walkLab, 11);

beforeAll(async () => {
  let text = "";
  const audience = {
    output: (_: number, said: { text: string }) => void (text += said.text),
    clear() {},
    work() {},
  };
  const play = await Play.begin({
    bundle: walkLab,
    header,
    detect: detectSecrets,
    enter: (_world, run) => run(),
    audience,
  });
  for (const line of LINES) {
    text = "";
    const { exitCode } = await play.step({ kind: "line", terminal: 1, text: line });
    whole.push({ text, exitCode });
  }
  stage = await Stage.open(walkLab, header);
}, 120_000);

afterAll(() => stage.end());

describe("in parts as in one piece", () => {
  test.each(LINES.map((line, i) => [line, i] as const))("%s", async (line, i) => {
    const { stdout, stderr, applied } = await stage.apply({ kind: "line", terminal: 1, text: line });
    const { text, exitCode } = whole[i] as (typeof whole)[number];
    expect(sorted(stdout + stderr)).toBe(sorted(text));
    expect(applied.exitCode).toBe(exitCode);
    expect(text, "the line says something").not.toBe(
      line.includes("> t") || line.startsWith("rm") ? null : "",
    );
  });
});

/** Standard output and standard error come apart in one of the two. */
const sorted = (text: string): string => text.split("\n").sort().join("\n");

describe("the parts themselves", () => {
  const code = readFileSync(
    join(dirname(createRequire(import.meta.url).resolve("just-bash")), "browser.js"),
    "utf8",
  );
  const whole = patchJustBash(code);
  const { first, later } = splitJustBash(whole, "first", "first?later");

  test("nothing is lost and nothing is there twice", () => {
    expect(first.length + later.length).toBeGreaterThan(packTables(whole).length);
    const made = (text: string) =>
      new Set([...text.matchAll(/^(?:async )?(?:function\*?|class) ([\w$]+)/gm)].map(([, name]) => name));
    const twice = [...made(later)].filter((name) => made(first).has(name));
    expect(twice).toEqual([]);
    expect(made(later).size).toBeGreaterThan(100);
  });

  test("the first part asks for the later one and does not hold it", () => {
    expect(first.split('import("first?later")').length - 1).toBeGreaterThan(40);
    for (const word of ["awk: ", "jq: ", "html-to-markdown"]) expect(later).toContain(word);
    expect(first).not.toContain("jq: error");
  });
});
