/**
 * Lighthouse over the built site, three times each page, the median counts: `node tests/lighthouse.ts [RUNS]`. Not a part
 * of `npm test`: its figures move with what else the machine does. It is no dependency (114 packages, 176 MB, for this
 * one command), but a fixed version that npx fetches; LEAKLAB_LIGHTHOUSE names the cli/index.js of an installed one.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serveSite } from "../src/cli/siteServer.ts";
import { builtSite } from "../src/cli/siteBuild.ts";
import { BROWSER_ARGS, findBrowser } from "./browser.ts";

const PACKAGE = "lighthouse@13.5.0";
const PAGES = ["/", "/modules/day-one/", "/labs/unpushed-leak/"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;
const ENOUGH = 95;

type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
}

const run = promisify(execFile);
const runs = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "lighthouse-"));
const installed = process.env["LEAKLAB_LIGHTHOUSE"];
const [command, ...before] = installed ? [process.execPath, installed] : ["npx", "--yes", PACKAGE];

async function scoresOf(url: string): Promise<Scores> {
  const path = join(folder, "report.json");
  const flags = `--headless=new ${BROWSER_ARGS.join(" ")}`;
  await run(
    command as string,
    [
      ...before,
      url,
      "--preset=desktop",
      "--output=json",
      `--output-path=${path}`,
      "--quiet",
      `--chrome-flags=${flags}`,
    ],
    { env: { ...process.env, CHROME_PATH: findBrowser() } },
  );
  const { categories } = JSON.parse(readFileSync(path, "utf8")) as Report;
  const score = (name: string) => Math.round(100 * (categories[name]?.score ?? 0));
  return Object.fromEntries(CATEGORIES.map((name) => [name, score(name)])) as Scores;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
}

const site = await serveSite(await builtSite(), 0);
let low = 0;
try {
  for (const page of PAGES) {
    const all: Scores[] = [];
    for (let i = 0; i < runs; i++) all.push(await scoresOf(new URL(page, site.url).href));
    const medians = CATEGORIES.map((name) => [name, median(all.map((scores) => scores[name]))] as const);
    low += medians.filter(([, score]) => score < ENOUGH).length;
    process.stdout.write(
      `${page.padEnd(24)}${medians.map(([name, score]) => `${name} ${score}`).join(", ")}\n`,
    );
  }
} finally {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = low > 0 ? 1 : 0;
