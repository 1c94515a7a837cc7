/** Our shell and its commands against real bash and the tools of this machine, line by line, over `stories/`. */
import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { readKnown, readStories } from "../git/story.ts";
import { compareStories, formatDifference, isKnown, type Line, outdated } from "./compare.ts";

const folder = new URL("stories/", import.meta.url).pathname;
const known = readKnown(new URL("differs.yaml", import.meta.url).pathname);

/** Messages differ between versions: the imitated ones are those of Debian 12. */
function comparable(): boolean {
  const first = (command: string) => {
    try {
      return execFileSync(command, ["--version"], { encoding: "utf8" }).split("\n")[0] ?? "";
    } catch {
      return "";
    }
  };
  const tools = ["xxd", "unzip", "zip", "openssl", "jq"].every((name) => {
    try {
      return execFileSync("/bin/sh", ["-c", `command -v ${name}`], { encoding: "utf8" }) !== "";
    } catch {
      return false;
    }
  });
  return tools && first("bash").includes("version 5.2") && first("ls").includes("9.1");
}

describe.skipIf(!comparable())("stories give what bash 5.2 gives", () => {
  let lines: Line[] = [];
  beforeAll(async () => {
    lines = await compareStories(readStories(folder));
  }, 600_000);

  test("there are enough lines", () => {
    expect(lines.length).toBeGreaterThanOrEqual(120);
  });

  test("no unexpected difference", () => {
    const differing = lines.filter((line) => !line.same && !isKnown(known, line));
    expect(differing.map(formatDifference).join("\n\n")).toBe("");
  });

  test("no known difference is outdated", () => {
    expect(outdated(known, lines)).toEqual([]);
  });

  test("every known difference has a reason", () => {
    expect(known.filter(({ reason }) => !reason)).toEqual([]);
  });
});
