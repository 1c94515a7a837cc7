/** Stories of `bao`: lines, and what they print. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { sh } from "../services/bench.ts";
import { CREATION, setting } from "./bench.ts";

const { readFileSync } = process.getBuiltinModule("node:fs");

interface Line {
  readonly run: string;
  readonly out?: string;
  readonly err?: string;
  readonly exit?: number;
  /** `out` need only be part of what is printed. */
  readonly anyOut?: boolean;
  /** Spaces at the ends of lines do not count. */
  readonly trim?: boolean;
}

interface Story {
  readonly name: string;
  readonly root?: boolean;
  readonly lines: readonly Line[];
}

const stories = parse(readFileSync(`${import.meta.dirname}/stories.yaml`, "utf8")) as readonly Story[];

/** What differs from seed to seed. */
function masked(text: string): string {
  return text
    .replace(/\bs\.[A-Za-z0-9]{24}\b/g, "TOKEN")
    .replace(/creds\/dev\/[A-Za-z0-9]{24}/g, "creds/dev/ID")
    .replace(/accessor( +)[A-Za-z0-9]{24}\b/g, "accessor$1ACCESSOR")
    .replace(/password( +)[A-Za-z0-9]{8}-[A-Za-z0-9]{11}\b/g, "password$1PASSWORD");
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

describe.each(stories)("$name", ({ root = true, lines }) => {
  test("prints", async () => {
    const store = setting();
    const head = [
      "export BAO_ADDR=https://bao.lantern-tides.test",
      `ROOT=${store.root} ADMIN=${store.admin.value} CREATION=${quoted(CREATION)}`,
      ...(root ? [`export BAO_TOKEN=${store.root}`] : []),
    ];
    const before: string[] = [...head];
    for (const { run, out = "", err = "", exit = 0, anyOut = false, trim = false } of lines) {
      // Each line in a world of its own, after all lines before it: a shell of the bench lives for one text.
      const fresh = setting();
      const text = `{ ${before.join("\n")}\n} >/dev/null 2>&1\n${run}`;
      const ran = await sh(fresh.world, text);
      before.push(run);
      const printed = trim ? ran.stdout.replace(/ +$/gm, "") : ran.stdout;
      const seen = { run, out: masked(printed), err: masked(ran.stderr).trimEnd(), exit: ran.exitCode };
      expect(seen).toEqual({
        run,
        out: anyOut ? expect.stringContaining(out) : out,
        err: err.trimEnd(),
        exit,
      });
    }
  });
});
