/** Our git against real git, line by line, over every story in `stories/`. */
import { beforeAll, describe, expect, test } from "vitest";
import {
  compareStories,
  formatDifference,
  formatTable,
  isKnown,
  outdated,
  percent,
  table,
  uncovered,
  type Line,
} from "./compare.ts";
import { realGitVersion } from "./real.ts";
import { chunks, commandsOf, readKnown, readRequired, readStories } from "./story.ts";

const folder = new URL("stories/", import.meta.url).pathname;
const required = readRequired(new URL("required.yaml", import.meta.url).pathname);
const known = readKnown(new URL("differs.yaml", import.meta.url).pathname);

/** Messages change between versions of git; only the imitated one can be compared byte for byte. */
const comparable = realGitVersion()?.startsWith("2.39.") ?? false;

describe.skipIf(!comparable)("stories give what git 2.39 gives", () => {
  let lines: Line[] = [];
  beforeAll(async () => {
    lines = await compareStories(readStories(folder));
    console.log(formatTable(table(lines)));
  }, 600_000);

  test("no unexpected difference", () => {
    const differing = lines.filter((line) => !line.same && !isKnown(known, line));
    expect(differing.map(formatDifference).join("\n\n")).toBe("");
  });

  test("no known difference is outdated", () => {
    expect(outdated(known, lines)).toEqual([]);
  });

  test("every command and flag of required.yaml is compared", () => {
    expect(uncovered(required, lines)).toEqual([]);
  });

  test("each command has two cases, one of them an error", () => {
    const thin = table(lines).filter((row) => row.cases < 2 || row.errors < 1);
    expect(thin).toEqual([]);
  });

  test("at least 90 % of the cases are identical", () => {
    const rows = table(lines);
    const sum = (pick: "cases" | "identical") => rows.reduce((total, row) => total + row[pick], 0);
    expect(percent({ cases: sum("cases"), identical: sum("identical") })).toBeGreaterThanOrEqual(90);
  });
});

test("a script is cut into chunks", () => {
  const script = "a\n\n# note\nb \\\n  c\ncat >f <<'EOF'\nx\n\n# y\nEOF\nd";
  expect(chunks(script)).toEqual(["a", "b \\\n  c", "cat >f <<'EOF'\nx\n\n# y\nEOF", "d"]);
});

test.each([
  ["git -C repo -c a.b='x y' push origin main", ["push"]],
  ["x=$(git rev-parse HEAD) && git --no-pager log", ["rev-parse", "log"]],
  ["echo git", []],
])("commandsOf(%j)", (line, expected) => {
  expect(commandsOf(line)).toEqual(expected);
});
