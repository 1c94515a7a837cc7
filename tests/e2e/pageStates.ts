/** Every kind of page outside the labs, with nothing kept and with a path's results. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { makeClass } from "../report/class.ts";
import { finishedPath } from "./finishedPath.ts";
import { EVERYWHERE, type State, type Visit } from "./states.ts";
import { expect } from "./test.ts";

const here = (name: string, rest: Partial<State> = {}): State => ({ name, views: EVERYWHERE, ...rest });

const moreContrast = (page: Page): Promise<void> => page.emulateMedia({ contrast: "more" });

/** Where progress is drawn, once it is read from the browser's storage. */
const live = (page: Page): Promise<void> =>
  expect(page.locator("#progress-page")).toHaveAttribute("data-live", "true");

const open = (address: string) => async (page: Page) => {
  await page.goto(address);
  await live(page);
};

const PLAIN = [
  ["home-german", "/de/"],
  ["paths", "/paths/"],
  ["path", "/paths/new-contributor/"],
  ["path-maintainer", "/paths/maintainer/"],
  ["path-workshop", "/paths/workshop/"],
  ["modules", "/modules/"],
  ["module", "/modules/day-one/"],
  ["labs", "/labs/"],
  ["glossary", "/glossary/"],
  ["glossary-german", "/de/glossary/"],
  ["incidents", "/incidents/"],
  ["incident", "/incidents/uber-2016/"],
  ["guide-facilitators", "/guides/facilitators/"],
  ["guide-authors", "/guides/authors/"],
  ["accessibility", "/accessibility/"],
  ["simulation", "/simulation/"],
  ["lost", "/404.html"],
] as const;

/** The day on which the path was finished is also today. */
const TODAY = Date.UTC(2026, 2, 2, 9);

async function takeProgress(page: Page): Promise<void> {
  const buffer = Buffer.from(finishedPath(TODAY));
  await page
    .getByLabel("Progress file")
    .setInputFiles({ name: "leaklab-progress.json", mimeType: "application/json", buffer });
  await expect(page.getByRole("status")).toContainText("3 results came in.");
}

async function certified(page: Page): Promise<void> {
  await open("/certificate/")(page);
  await page.getByRole("textbox", { name: "Your name" }).fill("Nika Example");
  await expect(page.getByRole("article", { name: "New contributor path" })).toContainText("Nika Example");
}

async function gradeClass(page: Page): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "leaklab-class-"));
  makeClass(folder);
  await page.locator("input[data-chooses=folder]").setInputFiles(folder);
  await expect(page.getByRole("table")).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("progressbar")).toHaveCount(0, { timeout: 90_000 });
  rmSync(folder, { recursive: true });
}

const found = (page: Page): Promise<void> =>
  expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();

export const PAGE_VISITS: readonly Visit[] = [
  {
    name: "home",
    address: "/",
    states: [here("home", { whole: true }), here("home-contrast", { reach: moreContrast })],
  },
  ...PLAIN.map(([name, address]) => ({ name, address, states: [here(name)] })),
  { name: "search", address: "/search/?q=token", states: [here("search", { reach: found })] },
  {
    name: "progress",
    address: "/progress/",
    prepare: (page) => page.clock.setFixedTime(TODAY),
    states: [
      here("progress-empty", { reach: live }),
      here("certificate-empty", { reach: open("/certificate/") }),
      here("placement", { reach: open("/placement/") }),
      here("progress", {
        reach: async (page) => {
          await open("/progress/")(page);
          await takeProgress(page);
        },
        whole: true,
      }),
      here("path-finished", { reach: open("/paths/new-contributor/"), whole: true }),
      here("placement-begun", { reach: open("/placement/"), whole: true }),
      here("certificate", { reach: certified, whole: true }),
    ],
  },
  {
    name: "report",
    address: "/report/",
    states: [here("report-empty"), here("report", { reach: gradeClass, whole: true })],
  },
];
