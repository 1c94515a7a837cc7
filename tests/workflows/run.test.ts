/** Workflows as data: every case of cases/*.yaml. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { caseSchema } from "./case.ts";
import { check, play } from "./play.ts";

const FOLDER = join(import.meta.dirname, "cases");
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));

for (const file of files)
  describe(file, () => {
    const cases = (parse(readFileSync(join(FOLDER, file), "utf8")) as unknown[]).map((it) =>
      caseSchema.parse(it),
    );
    test.each(cases.map((it) => [it.name, it] as const))("%s", async (_name, it) => {
      expect(it.expect ?? it.runs, "a case expects something").toBeDefined();
      check(await play(it), it);
    });
  });
