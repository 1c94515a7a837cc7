/** An author's mistakes about people, credentials and stories: each is told, with its line and how to mend it. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadLab } from "../../src/lab/load.ts";
import { parseManifest } from "../../src/lab/parse.ts";
import { FOLDER } from "./openDoor.ts";

const files: Record<string, string> = Object.fromEntries(
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(FOLDER.length + 1), readFileSync(path, "utf8")]),
);
const good = files["lab.yaml"] as string;

const MISTAKES: readonly (readonly [find: string, replace: string, path: string, mend: RegExp])[] = [
  ["login: teo }", "login: ted }", "people[1].login", /one of learner, mina/],
  ["login: aya }", "login: teo }", "people[2].login", /used twice/],
  ["organisation: owner", "organisation: boss", "people[0].organisation", /owner, member, none/],
  ["teo: write }", "teo: owner }", "repository.collaborators.teo", /one of read/],
  ["name: lantern-tides/notes", "name: notes", "repository.name", /owner\/name/],
  ["issuer: forge", "issuer: bank", "credentials[0].issuer", /one of forge/],
  ["owner: teo", "owner: Robot", "credentials[0].owner", /login of a person/],
  ["kind: fine-grained", "kind: fine", "credentials[0].grants.kind", /./],
  ["contents: write }", "contents: admin }", "credentials[0].grants.permissions.contents", /./],
  ["expires: 30d", "expires: soon", "credentials[0].expires", /90s, 6m/],
  ["file: hostile-key.sh, title", "file: key.sh, title", "stories[0].file", /hostile-/],
  ["at: 6m", "at: later", "timetable[0].at", /6m/],
  ["play: event-teo-writes.sh", "play: teo.sh", "timetable[0].play", /event-/],
  ["by: magpie", "by: nobody", "timetable[1].by", /one of/],
  ["needs: [attack]", "needs: [tip]", "checks[1].needs", /put it first/],
  [
    "    with: { story: audit-tip.sh }",
    "    with: { story: audit-tap.sh }",
    "checks[2].with.story",
    /one of/,
  ],
  ["story: hostile-key.sh, found", "story: hostile-kez.sh, found", "diagnoses[0].with.story", /name one of/],
  ["services: [forge, pipeline]", "services: [forge, clouds]", "services[1]", /one of forge, pipeline/],
];

test("the lab itself has none", () => {
  const lab = loadLab(files);
  expect(lab.ok ? [] : lab.error).toEqual([]);
});

describe("each is told, with its line", () => {
  test.each(MISTAKES)("%s → %s", (find, replace, path, mend) => {
    expect(good).toContain(find);
    const text = good.replace(find, replace);
    const parsed = parseManifest(text);
    const problem = parsed.ok ? undefined : parsed.error.find((one) => one.path.startsWith(path));
    expect(problem?.message, JSON.stringify(parsed)).toMatch(mend);
    expect(problem?.line).toBeGreaterThan(1);
  });
});

test("every script that is named is there, and every one that is there is named", () => {
  const { "stories/audit-tip.sh": _gone, ...rest } = files;
  const lab = loadLab({ ...rest, "stories/hostile-other.sh": "exit 1\n", "stories/other.sh": "" });
  const problems = lab.ok ? [] : lab.error.map(({ file, path, message }) => `${file} ${path} ${message}`);
  expect(problems).toEqual([
    "stories/other.sh  is no part of a lab; move it or correct its name",
    "lab.yaml stories[2].file stories/audit-tip.sh is missing; add it",
    "stories/hostile-other.sh  is named nowhere in lab.yaml; list it below stories, timetable or replies",
    "stories/other.sh  is named nowhere in lab.yaml; list it below stories, timetable or replies",
  ]);
});
