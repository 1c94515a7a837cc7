/** What is looked at: every kind of page, and a lab in its panels and moments, as data. */
import type { Page } from "@playwright/test";
import * as lab from "./lab.ts";

export interface State {
  readonly name: string;
  readonly address: string;
  /** What is done before the picture is taken. */
  readonly reach?: (page: Page, width: number) => Promise<void>;
  /** Narrower than this the state does not exist. */
  readonly from?: number;
}

const READING = 720;

async function begun(page: Page, width: number): Promise<void> {
  if (width < READING) return;
  await lab.ready(page);
  await lab.run(page, "git status");
}

async function checked(page: Page, width: number): Promise<void> {
  await begun(page, width);
  await lab.check(page);
}

/** A panel of the upper middle, by the name of its tab. */
const panelOf = (tab: string) => async (page: Page, width: number) => {
  await begun(page, width);
  await page.getByRole("tab", { name: tab }).first().click();
};

const seeded = lab.address(7);

export const STATES: readonly State[] = [
  { name: "home", address: "/" },
  { name: "home-german", address: "/de/" },
  { name: "lost", address: "/404.html" },
  { name: "lab", address: seeded, reach: begun },
  { name: "lab-checked", address: seeded, reach: checked, from: READING },
  { name: "lab-editor", address: seeded, reach: panelOf("Editor"), from: READING },
  { name: "lab-graph", address: seeded, reach: panelOf("Git graph"), from: READING },
];
