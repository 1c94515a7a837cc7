/** What the pages say of labs, incidents and words holds together: every name leads somewhere, sums are sums. */
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { glossary, idOf, translatedTerms } from "./_glossary.ts";
import { dateIn, incidents, incidentsOf, readIncident } from "./_incidents.ts";
import { CAPSTONES, MODULES } from "./_modules.ts";
import { minutesOf, PATHS, pathOf } from "./_paths.ts";
import { allSteps, stepOf } from "./_steps.ts";

interface Manifest {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly module: string;
}

const LABS = new URL("../../labs/", import.meta.url);
const manifests = readdirSync(LABS).map(
  (name) => parse(readFileSync(new URL(`${name}/lab.yaml`, LABS), "utf8")) as Manifest,
);
const ids = new Set(allSteps().map(({ id }) => id));

describe("labs", () => {
  test("are named once each, with what their manifest says", () => {
    expect(ids.size).toBe(allSteps().length);
    for (const { id, title, minutes } of manifests) {
      expect(stepOf(id), id).toMatchObject({ title, minutes });
    }
  });

  test("stand in the module of their manifest", () => {
    for (const { id, module } of manifests) {
      expect(MODULES.find(({ labs }) => labs.includes(id))?.id, id).toBe(module);
    }
  });

  test("are in one module each, capstones in none", () => {
    const placed = [...MODULES.flatMap(({ labs }) => labs), ...CAPSTONES];
    expect([...placed].sort()).toEqual([...ids].sort());
  });

  test.each([
    ["day-one", 44],
    ["when-it-leaks", 50],
    ["quiet-pipelines", 54],
    ["untrusted-input", 48],
    ["short-lived", 93],
    ["supply-chain", 90],
    ["governance", 54],
    ["people", 41],
  ])("%s takes %d minutes", (id, minutes) => {
    const labs = MODULES.find((module) => module.id === id)?.labs ?? [];
    expect(labs.reduce((sum, lab) => sum + stepOf(lab).minutes, 0)).toBe(minutes);
  });
});

describe("paths", () => {
  test.each([
    ["new-contributor", 3, 30, 30],
    ["maintainer", 12, 178, 178],
    ["workshop", 5, 68, 90],
  ])("%s has %d labs of %d minutes, %d in all", (id, labs, played, all) => {
    const path = pathOf(id);
    expect(path?.labs).toHaveLength(labs);
    expect(path?.labs.reduce((sum, lab) => sum + lab.minutes, 0)).toBe(played);
    expect(path?.parts.reduce((sum, part) => sum + minutesOf(part), 0)).toBe(all);
  });

  test("have no lab twice", () => {
    for (const { id, labs } of PATHS) expect(new Set(labs.map((lab) => lab.id)).size, id).toBe(labs.length);
  });

  test("an unknown one is none", () => expect(pathOf("constructor")).toBeUndefined());
});

describe("incidents", () => {
  const all = incidents();

  test("there are enough, the newest first", () => {
    expect(all.length).toBeGreaterThanOrEqual(15);
    const dates = all.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  test("name labs that there are or that are to come", () => {
    for (const { id, labs } of all)
      expect(
        labs.filter((lab) => !ids.has(lab)),
        id,
      ).toEqual([]);
  });

  test("stand behind every lab that can be played", () => {
    for (const { id } of manifests) expect(incidentsOf(id).length, id).toBeGreaterThan(0);
  });

  test.each(all.map((incident) => [incident.id, incident] as const))(
    "%s is short and in order",
    (_, incident) => {
      const words = incident.text.split(/\s+/).length;
      expect(words).toBeGreaterThanOrEqual(80);
      expect(words).toBeLessThanOrEqual(150);
      const moments = incident.timeline.map(({ at }) => at);
      expect(new Set(moments.map((at) => at.includes(":"))).size, "either dates or times").toBe(1);
      expect(moments.map(padded)).toEqual([...moments.map(padded)].sort());
      expect(incident.text).not.toMatch(/!|\boops\b/i);
    },
  );

  test("in another language there are as many, each with its whole timeline", () => {
    const other = incidents("de");
    expect(other.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    for (const { id, timeline, text } of other.filter(({ language }) => language === "de")) {
      const english = all.find((incident) => incident.id === id);
      expect(timeline.length, id).toBe(english?.timeline.length);
      expect(text, id).not.toBe(english?.text);
    }
  });

  test.each([
    ["no front matter", "text"],
    ["a field too many", "---\ntitle: A\nmore: 1\n---\ntext"],
  ])("%s is refused with its name", (_, file) => {
    expect(() => readIncident("x", file)).toThrow(/content\/incidents\/x\.md/);
  });

  test.each([
    ["en", "2025-03-14", "14 March 2025"],
    ["en", "2025-03", "March 2025"],
    ["de", "2025-03", "März 2025"],
    ["en", "2025", "2025"],
    ["en", "1:20", "1:20"],
  ] as const)("%s: %s is %s", (language, date, shown) => expect(dateIn(language, date)).toBe(shown));
});

/** A month sorts before its days; a time by its minutes. */
function padded(at: string): string {
  if (at.includes(":")) return at.padStart(6, "0");
  return at.slice(0, 7);
}

describe("glossary", () => {
  const terms = glossary();
  const names = new Set(terms.map(({ id }) => id));

  test("has enough words, each once", () => {
    expect(terms.length).toBeGreaterThanOrEqual(60);
    expect(names.size).toBe(terms.length);
    expect(names.has("")).toBe(false);
  });

  test("the file is in alphabetical order", () => {
    const file = parse(readFileSync(new URL("../../content/glossary.yaml", import.meta.url), "utf8")) as {
      term: string;
    }[];
    const written = file.map(({ term }) => term.toLowerCase());
    expect(written).toEqual([...written].sort());
  });

  test("links lead to other words and to labs", () => {
    for (const { id, see, labs } of terms) {
      expect(
        see.filter((other) => !names.has(other) || other === id),
        id,
      ).toEqual([]);
      expect(
        labs.filter((lab) => !ids.has(lab)),
        id,
      ).toEqual([]);
    }
  });

  test("one to three sentences each", () => {
    for (const { id, text } of terms) {
      const sentences = text.match(/[.?](?:\s|$)/g) ?? [];
      expect(sentences.length, id).toBeGreaterThanOrEqual(1);
      expect(sentences.length, id).toBeLessThanOrEqual(3);
      expect(text, id).not.toMatch(/!/);
    }
  });

  test("translations are of words that there are", () => {
    expect(Object.keys(translatedTerms("de")).filter((id) => !names.has(id))).toEqual([]);
  });

  test("a translated term keeps its English name, unless both are the same", () => {
    const german = new Map(glossary("de").map((term) => [term.id, term]));
    expect(german.get("fork")).toMatchObject({ term: "Fork", also: [], language: "de" });
    expect(german.get("revocation")).toMatchObject({ term: "Sperren", also: ["Revocation"] });
    expect(german.size).toBe(names.size);
  });

  test("ids are made of letters, digits and dashes", () =>
    expect(idOf("pull_request (trigger)")).toBe("pull-request-trigger"));
});
