/** What is looked at: every kind of page, and a lab in its panels and moments, as data. */
import type { Page } from "@playwright/test";
import { cases, type Case } from "./cases.ts";
import * as lab from "./lab.ts";
import { expect } from "./test.ts";

export type Scheme = "light" | "dark";
export type View = readonly [width: 1440 | 1024 | 390, scheme: Scheme];

/**
 * Home and a lab that was begun are looked at in all six views. Every other state has three: each width once, and both
 * schemes. Colours come from the same tokens everywhere, so what a fourth view could show, one of these shows already.
 */
export const ALL_VIEWS: readonly View[] = [
  [1440, "light"],
  [1440, "dark"],
  [1024, "light"],
  [1024, "dark"],
  [390, "light"],
  [390, "dark"],
];
const PAGE: readonly View[] = [
  [1440, "light"],
  [1024, "dark"],
  [390, "light"],
];
/** Where there is a terminal. */
const WORKBENCH: readonly View[] = [
  [1440, "light"],
  [1024, "dark"],
];
/** Git graph and leak map are tabs where they have no column of their own. */
const NARROW: readonly View[] = [
  [1024, "light"],
  [1024, "dark"],
];
const READING: readonly View[] = [[390, "light"]];

export interface State {
  readonly name: string;
  readonly address: string;
  readonly views: readonly View[];
  /** What is done before the picture is taken. */
  readonly reach?: (page: Page) => Promise<void>;
  /** The visitor is not known: the tour is offered. */
  readonly newcomer?: boolean;
}

const SEED = 7;
const at = (name: string): string => lab.address(SEED, name);
const seeded = at(lab.LAB);

const isReading = (page: Page): boolean => (page.viewportSize()?.width ?? 0) < 720;

async function begun(page: Page): Promise<void> {
  if (isReading(page)) return;
  await lab.ready(page);
  await lab.run(page, "git status");
}

async function checked(page: Page): Promise<void> {
  await begun(page);
  await lab.check(page);
}

/** The lines of a case script. */
function linesOf(folder: "wrong" | "solutions", name: string): readonly string[] {
  return (cases(folder).find((it) => it.name === name) as Case).lines;
}

async function wrongWay(page: Page): Promise<void> {
  await lab.ready(page);
  for (const line of linesOf("wrong", "W1-deleted-in-a-new-commit")) await lab.run(page, line);
  await lab.check(page);
}

async function passed(page: Page): Promise<void> {
  await lab.ready(page);
  for (const line of linesOf("solutions", "reference")) await lab.run(page, line);
  await lab.check(page);
  await page.getByRole("button", { name: "Read the debrief" }).click();
  await expect(page.getByRole("heading", { name: /All \d+ checks pass/ })).toBeVisible();
}

/** A panel of the upper middle, by the name of its tab, with what it has to say. */
const panelOf = (tab: string) => async (page: Page) => {
  await begun(page);
  await page.getByRole("tab", { name: tab, exact: false }).first().click();
  await expect(lab.panel(page, tab)).toBeVisible();
  await expect(lab.panel(page, tab).getByText("Loading", { exact: true })).toHaveCount(0);
  await page.waitForLoadState("networkidle");
};

const readingTab = (name: string) => async (page: Page) => {
  await page.waitForFunction(() => document.documentElement.dataset["live"] === "true");
  await page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name }).click();
};

const commandOf = (name: string, shown: (page: Page) => Promise<void>) => async (page: Page) => {
  await begun(page);
  await lab.command(page, name);
  await shown(page);
};

const dialogShown = (page: Page) => expect(page.getByRole("dialog")).toBeVisible();

const live = (page: Page) => expect(page.locator("#progress-page")).toHaveAttribute("data-live", "true");

const PAGES: readonly State[] = [
  { name: "home", address: "/", views: ALL_VIEWS },
  ...(
    [
      ["home-german", "/de/"],
      ["paths", "/paths/"],
      ["path", "/paths/new-contributor/"],
      ["module", "/modules/day-one/"],
      ["labs", "/labs/"],
      ["glossary", "/glossary/"],
      ["incidents", "/incidents/"],
      ["incident", "/incidents/uber-2016/"],
      ["guide", "/guides/facilitators/"],
      ["accessibility", "/accessibility/"],
      ["simulation", "/simulation/"],
      ["report-empty", "/report/"],
      ["placement", "/placement/"],
      ["lost", "/404.html"],
    ] as const
  ).map(([name, address]) => ({ name, address, views: PAGE })),
  {
    name: "search",
    address: "/search/?q=token",
    views: PAGE,
    reach: (page) => expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible(),
  },
  { name: "progress-empty", address: "/progress/", views: PAGE, reach: live },
  { name: "certificate-empty", address: "/certificate/", views: PAGE, reach: live },
];

const LAB: readonly State[] = [
  { name: "lab", address: seeded, views: ALL_VIEWS, reach: begun },
  { name: "lab-checked", address: seeded, views: WORKBENCH, reach: checked },
  { name: "lab-wrong-way", address: seeded, views: WORKBENCH, reach: wrongWay },
  { name: "lab-debrief", address: seeded, views: WORKBENCH, reach: passed },
  { name: "lab-editor", address: seeded, views: WORKBENCH, reach: panelOf("Editor") },
  { name: "lab-graph", address: seeded, views: NARROW, reach: panelOf("Git graph") },
  { name: "lab-map", address: seeded, views: NARROW, reach: panelOf("Leak map") },
  { name: "lab-forge", address: at("pwn-request"), views: WORKBENCH, reach: panelOf("Forge") },
  { name: "lab-pipeline", address: at("pwn-request"), views: WORKBENCH, reach: panelOf("Pipeline") },
  { name: "lab-cloud", address: at("revoke-first"), views: WORKBENCH, reach: panelOf("Cloud") },
  { name: "lab-people", address: at("revoke-first"), views: WORKBENCH, reach: panelOf("People") },
  { name: "lab-health", address: at("rotate-without-outage"), views: WORKBENCH, reach: panelOf("Health") },
  { name: "lab-store", address: at("map-the-secrets"), views: WORKBENCH, reach: panelOf("Store") },
  {
    name: "lab-hints",
    address: seeded,
    views: WORKBENCH,
    reach: commandOf("Open hints", (page) =>
      expect(page.getByRole("complementary", { name: "Hints" })).toBeVisible(),
    ),
  },
  { name: "lab-settings", address: seeded, views: WORKBENCH, reach: commandOf("Settings", dialogShown) },
  { name: "lab-keys", address: seeded, views: WORKBENCH, reach: commandOf("Keys", dialogShown) },
  {
    name: "lab-palette",
    address: seeded,
    views: WORKBENCH,
    reach: async (page) => {
      await begun(page);
      await page.keyboard.press("F1");
      await expect(page.getByRole("combobox", { name: "Search commands" })).toBeFocused();
    },
  },
  {
    name: "lab-text-view",
    address: seeded,
    views: [[1440, "light"]],
    reach: commandOf("Show the terminal as text", () => Promise.resolve()),
  },
  {
    name: "lab-tour",
    address: `${at("first-clean-pr")}&tour`,
    views: WORKBENCH,
    newcomer: true,
    reach: async (page) => {
      await lab.ready(page);
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  { name: "reading-checks", address: seeded, views: READING, reach: readingTab("Checks") },
  { name: "reading-map", address: seeded, views: READING, reach: readingTab("Leak map") },
  { name: "reading-timeline", address: seeded, views: READING, reach: readingTab("Timeline") },
];

export const STATES: readonly State[] = [...PAGES, ...LAB];
