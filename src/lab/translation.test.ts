import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFileSync, statSync } from "node:fs";
import { compileLab } from "./compile.ts";
import type { LabFiles } from "./files.ts";
import { loadLab } from "./load.ts";
import type { Manifest } from "./manifest.ts";
import { languagesOf, translationDrift } from "./translation.ts";

const LABS = join(import.meta.dirname, "../../labs");

function filesOf(lab: string): LabFiles {
  const folder = join(LABS, lab);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const texts = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(texts.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function manifestOf(files: LabFiles): Manifest {
  const lab = loadLab(files);
  if (!lab.ok) throw new Error(JSON.stringify(lab.error));
  return lab.value.bundle.manifest;
}

const translated = filesOf("unpushed-leak");
const bare = Object.fromEntries(Object.entries(translated).filter(([path]) => !path.startsWith("i18n/")));
const withGerman = (texts: Readonly<Record<string, string>>): LabFiles => ({
  ...bare,
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`i18n/de/${name}`, text])),
});
const german = (files: LabFiles) => compileLab("unpushed-leak", files, "core", "de");
const english = compileLab("unpushed-leak", bare, "core");

describe("fallback", () => {
  test("what is translated is shown, everything else stays English and is named", () => {
    const page = german(
      withGerman({ "brief.md": "Kurz.\n", "strings.yaml": "title: Vorher\nchecks: { stash: Stash leer }\n" }),
    );
    expect(page).toMatchObject({
      title: "Vorher",
      brief: "Kurz.\n",
      tasks: english.tasks,
      hints: english.hints,
    });
    expect(page.checks.map(({ title }) => title)).toEqual(
      english.checks.map(({ id, title }) => (id === "stash" ? "Stash leer" : title)),
    );
    expect(page.translation?.english).toEqual(
      expect.arrayContaining(["hints", "debrief", "question", "cards", "tasks", "ahead"]),
    );
    expect(page.translation?.english).not.toEqual(expect.arrayContaining(["title"]));
    expect(page.translation?.english).not.toEqual(expect.arrayContaining(["brief"]));
  });

  test("a lab that nobody has translated is the English one, said to be English", () => {
    const { translation, ...page } = german(bare);
    expect(page).toEqual(english);
    expect(translation?.english).toHaveLength(8);
  });

  test("an English page carries no translation", () => {
    expect(compileLab("unpushed-leak", translated, "core")).toEqual(english);
    expect(english.translation).toBeUndefined();
  });
});

test("translations shape nothing: the same digest and bundle with and without them", () => {
  const page = german(translated);
  expect(page.title).not.toBe(english.title);
  expect(page.labDigest).toBe(english.labDigest);
  expect(page.bundle).toBe(english.bundle);
});

describe("each mistake of a translator is reported with its place", () => {
  const CASES: readonly (readonly [string, string, number, RegExp])[] = [
    ["an unknown check", "title: Ein Titel\nchecks:\n  sash: Stash leer\n", 3, /nothing that this lab has/],
    ["an unknown diagnosis", 'diagnoses:\n  W99: { message: "Ja." }\n', 2, /nothing that this lab has/],
    ["a sentence of nobody", "events:\n  Teo sleeps: Teo schläft\n", 2, /nothing that this lab has/],
    ["a task too few", "tasks:\n  - Nur eine\n", 1, /has 1 tasks, and the lab has 4/],
    ["a stranger in braces", 'diagnoses:\n  W3:\n    message: "In {where}."\n', 3, /\{where\}/],
    ["an unknown field", "titel: Ein Titel\n", 1, /not a field/],
    ["a hash that is none", "of: { title: neu }\n", 1, /eight digits/],
    ["no YAML", "title: [\n", 2, /not valid YAML/],
  ];
  test.each(CASES)("%s", (_name, text, line, message) => {
    const lab = loadLab(withGerman({ "strings.yaml": text }));
    expect(lab.ok).toBe(false);
    const problems = lab.ok ? [] : lab.error;
    expect(problems).toMatchObject([{ file: "i18n/de/strings.yaml", line }]);
    expect(problems[0]?.message).toMatch(message);
  });

  test("a file that translates nothing, too few hints, a long brief", () => {
    const lab = loadLab(
      withGerman({
        "breif.md": "Kurz.",
        "hints.md": "## Eins\n\nNur einer.\n",
        "brief.md": "Wort ".repeat(200),
      }),
    );
    const problems = lab.ok ? [] : lab.error;
    expect(problems.map(({ file }) => file).sort()).toEqual(
      ["brief.md", "breif.md", "hints.md"].map((name) => `i18n/de/${name}`).sort(),
    );
  });
});

describe("drift", () => {
  const manifest = manifestOf(translated);

  test("English that changed is named, with the field and what to write", () => {
    const changed = { ...translated, "brief.md": "Another brief.\n" };
    const drift = translationDrift(changed, { ...manifest, title: "Another title" });
    expect(drift.map(({ path }) => path)).toEqual(["of.brief.md", "of.title"]);
    expect(drift[0]?.message).toMatch(
      /^English changed since; once both agree, write `brief\.md: "[0-9a-f]{8}"`/,
    );
  });

  test("a translation that does not say of what is named too", () => {
    const drift = translationDrift(withGerman({ "strings.yaml": "title: Vorher\n" }), manifest);
    expect(drift).toMatchObject([{ file: "i18n/de/strings.yaml", path: "of.title" }]);
    expect(drift[0]?.message).toMatch(/does not say which English/);
  });
});

describe("labs of this project", () => {
  const labs = readdirSync(LABS).filter((name) => languagesOf(filesOf(name)).length > 0);

  test("the path of a new contributor is translated whole", () => {
    for (const lab of ["first-clean-pr", "unpushed-leak", "guard-the-gate"]) {
      const page = compileLab(lab, filesOf(lab), "core", "de");
      const { checks, diagnoses } = manifestOf(filesOf(lab));
      expect(page.translation?.english).toEqual([]);
      expect(Object.keys(page.translation?.checks ?? {}).sort()).toEqual(checks.map(({ id }) => id).sort());
      expect(Object.keys(page.translation?.diagnoses ?? {}).sort()).toEqual(
        diagnoses.map(({ id }) => id).sort(),
      );
    }
  });

  test.each(labs)("%s: no English changed since it was translated", (lab) => {
    const files = filesOf(lab);
    expect(
      translationDrift(files, manifestOf(files)).map(({ path, message }) => `${path}: ${message}`),
    ).toEqual([]);
  });
});
