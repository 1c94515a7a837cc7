/** Labs in every panel and at the moments that a learner comes to. */
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { scripts } from "./cases.ts";
import * as lab from "./lab.ts";
import { EVERYWHERE, NARROW, READING, WIDE, WORKBENCH, type State, type Visit } from "./states.ts";
import { expect } from "./test.ts";

const SEED = 7;
const at = (name: string): string => lab.address(SEED, name);

type Reach = (page: Page) => Promise<void>;

const worked = (name: string, reach: Reach, rest: Partial<State> = {}): State => ({
  name,
  views: WORKBENCH,
  reach,
  ...rest,
});
/** A page of a panel: the rest stays as it is. */
const inPanel = (panel: string, name: string, reach: Reach): State =>
  worked(name, reach, { only: `#panel-${panel}` });
const over = (name: string, reach: Reach): State =>
  worked(name, reach, { views: EVERYWHERE, only: "dialog" });
const narrow = (name: string, reach: Reach): State => ({ name, views: NARROW, reach });
const read = (name: string, reach: Reach): State => ({ name, views: READING, reach });

const inTurn =
  (...all: readonly Reach[]): Reach =>
  async (page) => {
    for (const reach of all) await reach(page);
  };

/** Plays lines as a script has them; several may be one command. Text goes in at once, which is quicker than keys. */
const play =
  (...lines: readonly string[]): Reach =>
  async (page) => {
    await lab.ready(page);
    for (const line of lines) {
      const before = await lab.countCommands(page);
      await lab.enterTerminal(page);
      await page.keyboard.insertText(line);
      await page.keyboard.press("Enter");
      await lab.ended(page, before);
    }
  };

/** The lines of a case script. */
function linesOf(name: string, folder: "wrong" | "solutions", file: string): readonly string[] {
  const script = scripts(name, folder).find((path) => path.endsWith(`/${file}.sh`)) as string;
  const lines = readFileSync(script, "utf8").trimEnd().split("\n");
  return lines.filter((line) => !line.startsWith("#"));
}

const check: Reach = async (page) => {
  await lab.check(page);
};

/** Beside the terminal there are the files and commits of the start. */
const ready: Reach = async (page) => {
  await lab.ready(page);
  for (const tree of await page.getByRole("tree").all())
    await expect(tree.getByRole("treeitem").first()).toBeVisible();
};

const begun: Reach = inTurn(play("git status"), (page) => ready(page));

const tab = (page: Page, name: string): Locator =>
  page.getByRole("tab", { name: new RegExp(`^${name}`) }).first();

/** A panel of the upper middle by its tab, once it has what it shows. */
const panelOf =
  (name: string): Reach =>
  async (page) => {
    await tab(page, name).click();
    await looked(page, name);
  };

async function looked(page: Page, name: string): Promise<void> {
  const panel = lab.panel(page, name);
  await expect(panel).toBeVisible();
  await expect(panel.getByText(/^(?:Loading|Looking…)$/)).toHaveCount(0);
}

/** A page inside a panel. */
const pageOf =
  (panel: string, name: string | RegExp): Reach =>
  async (page) => {
    const exact = typeof name === "string";
    await lab.panel(page, panel).getByRole("button", { name, exact }).first().click();
    await looked(page, panel);
  };

const readingTab =
  (name: string): Reach =>
  async (page) => {
    await page.locator(".bottom-bar").getByRole("button", { name }).click();
  };

const command =
  (name: string): Reach =>
  (page) =>
    lab.command(page, name);

const dialogOf =
  (name: string): Reach =>
  async (page) => {
    await lab.command(page, name);
    await expect(page.getByRole("dialog")).toBeVisible();
  };

const escape: Reach = async (page) => {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
};

const openStep: Reach = async (page) => {
  await lab.panel(page, "Pipeline").locator("summary", { hasText: "Build" }).first().click();
};

const offered: Reach = async (page) => {
  await page.getByRole("button", { name: "Undo to before it" }).focus();
};

const showEvidence: Reach = async (page) => {
  await page
    .getByRole("button", { name: /^Show evidence 1,/ })
    .first()
    .click();
};

const contrast =
  (value: "more" | "no-preference"): Reach =>
  (page) =>
    page.emulateMedia({ contrast: value });

const hintsShown: Reach = async (page) => {
  await lab.command(page, "Open hints");
  await expect(page.getByRole("complementary", { name: "Hints" })).toBeFocused();
};

const openHint: Reach = async (page) => {
  await page.getByRole("button", { name: /^Hint 1, / }).click();
  await expect(page.getByRole("heading", { name: "Hint 1, where to look" })).toBeVisible();
};

const palette: Reach = async (page) => {
  await page.keyboard.press("F1");
  await expect(page.getByRole("combobox", { name: "Search commands" })).toBeFocused();
};

/** A toast goes after some seconds, unless it is held by the focus. */
const heldToast: Reach = async (page) => {
  await page.locator(".toast button").first().focus();
};

const openFile: Reach = (page) => lab.openFromTree(page, "README.md");

const compared: Reach = async (page) => {
  await lab.panel(page, "Editor").getByRole("button", { name: "Compare with HEAD" }).click();
};

const cellOf =
  (name: RegExp): Reach =>
  async (page) => {
    const cell = page.getByRole("gridcell", { name }).first();
    await cell.focus();
    await page.keyboard.press("Enter");
    await expect(page.locator(".map-details")).toBeVisible();
  };

const textOf =
  (panel: string, button: string): Reach =>
  async (page) => {
    await lab.panel(page, panel).getByRole("button", { name: button, exact: true }).click();
  };

const debrief: Reach = async (page) => {
  await page.getByRole("button", { name: "Read the debrief" }).click();
  await expect(page.getByRole("heading", { name: /All \d+ checks pass/ })).toBeVisible();
};

/** The first hour of a learner: a repository of one's own, and what the page has for it. */
const FIRST: Visit = {
  name: "lab",
  address: at(lab.LAB),
  states: [
    worked("lab", begun),
    worked("lab-editor", openFile),
    worked("lab-contrast", contrast("more")),
    worked("lab-compared", inTurn(contrast("no-preference"), play("echo '# Tides' > README.md"), compared)),
    narrow("lab-graph", panelOf("Git graph")),
    narrow("lab-graph-text", textOf("Git graph", "Text view")),
    narrow("lab-map", panelOf("Leak map")),
    worked("lab-forge-empty", inTurn(panelOf("Forge"), pageOf("Forge", "Pull requests"))),
    worked("lab-checked", inTurn(panelOf("Editor"), check)),
    worked("lab-wrong-way", inTurn(play(...linesOf(lab.LAB, "wrong", "W1-deleted-in-a-new-commit")), check)),
    { name: "lab-evidence", views: WIDE, reach: showEvidence },
    narrow("lab-evidence", showEvidence),
    { name: "lab-places", views: WIDE, reach: cellOf(/^stagingDb, Stash: found/) },
    narrow("lab-places", inTurn(panelOf("Leak map"), cellOf(/^stagingDb, Stash: found/))),
    worked("lab-third-time", inTurn(check, check)),
    worked("lab-text-view", command("Show the terminal as text")),
    worked(
      "lab-timeline-text",
      inTurn(command("Show the terminal as text"), textOf("Clock and timeline", "Text view")),
    ),
    read("reading-checks", readingTab("Checks")),
    read("reading-map", readingTab("Leak map")),
    read("reading-timeline", readingTab("Timeline")),
    read("reading-brief", readingTab("Brief")),
  ],
};

/** What stands over the panels. */
const OVER: Visit = {
  name: "lab-dialogs",
  address: at(lab.LAB),
  states: [
    worked("lab-hints", inTurn(begun, hintsShown), { views: EVERYWHERE }),
    worked("lab-hint-open", openHint, { views: EVERYWHERE, only: ".hints" }),
    worked("lab-settings", inTurn(escape, dialogOf("Settings")), { views: EVERYWHERE }),
    over("lab-keys", inTurn(escape, dialogOf("Keys"))),
    over("lab-reset", inTurn(escape, dialogOf("Start this lab again"))),
    over("lab-palette", inTurn(escape, palette)),
    worked("lab-toast", inTurn(escape, command("Save the attempt as a file"), heldToast)),
  ],
};

const MISTAKE: Visit = {
  name: "lab-undo",
  address: at(lab.LAB),
  states: [
    worked("lab-undo", inTurn(play(...linesOf(lab.LAB, "wrong", "W6-pushed-with-a-bypass")), check, offered)),
    inPanel("forge", "lab-alerts", inTurn(panelOf("Forge"), pageOf("Forge", "Alerts"))),
  ],
};

const FORGE_PAGES = [
  ["secrets", "Secrets"],
  ["tokens", "Your tokens"],
] as const;

const PIPELINE: Visit = {
  name: "lab-pipeline",
  address: at("pwn-request"),
  states: [
    worked("lab-pipeline", inTurn(begun, panelOf("Pipeline"), openStep)),
    inPanel("forge", "lab-forge", inTurn(panelOf("Forge"), pageOf("Forge", "Repository"))),
    inPanel("forge", "lab-pulls", pageOf("Forge", "Pull requests")),
    inPanel("forge", "lab-pull", pageOf("Forge", "Smaller bundle")),
    ...FORGE_PAGES.map(([name, button]) => inPanel("forge", `lab-${name}`, pageOf("Forge", button))),
    worked("lab-pipeline-race", inTurn(play("sleep 9m"), panelOf("Pipeline"), check)),
    narrow("lab-pipeline-map", panelOf("Leak map")),
    read("reading-pipeline-map", readingTab("Leak map")),
    read("reading-pipeline-timeline", readingTab("Timeline")),
  ],
};

const CLOUD_PAGES = [
  ["policies", "Policies"],
  ["roles", "Roles"],
  ["trail", "Trail"],
  ["buckets", "Buckets"],
  ["services", "Services"],
] as const;

const [waits, off, ...rest] = linesOf("revoke-first", "solutions", "reference");

const INCIDENT: Visit = {
  name: "lab-incident",
  address: at("revoke-first"),
  states: [
    worked("lab-cloud", inTurn(begun, panelOf("Cloud"))),
    inPanel("people", "lab-chat", panelOf("People")),
    inPanel("people", "lab-mail", inTurn(play(waits as string), pageOf("People", /^Mail/))),
    inPanel("people", "lab-message", pageOf("People", /GitHub|AWS|Cloud|key/i)),
    worked("lab-race", inTurn(play(off as string), panelOf("Cloud"), check)),
    worked("lab-cloud-evidence", showEvidence),
    ...CLOUD_PAGES.map(([name, button]) => inPanel("cloud", `lab-${name}`, pageOf("Cloud", button))),
    narrow("lab-race-map", panelOf("Leak map")),
    read("reading-race", readingTab("Checks")),
    read("reading-race-map", readingTab("Leak map")),
    read("reading-race-timeline", readingTab("Timeline")),
    worked("lab-passed", inTurn(play(...rest), check)),
    worked("lab-debrief", debrief, { views: EVERYWHERE, whole: ".debrief" }),
  ],
};

/** What a log shows in spite of its mask. */
const LOG: Visit = {
  name: "lab-log",
  address: at("masked-is-not-safe"),
  states: [
    worked("lab-log", inTurn(begun, check, showEvidence)),
    { name: "lab-log-map", views: WIDE, reach: cellOf(/found by the trace/) },
    narrow("lab-log-map", inTurn(panelOf("Leak map"), cellOf(/found by the trace/))),
    read("reading-log-map", readingTab("Leak map")),
  ],
};

const STORE_PAGES = [
  ["policies", "Policies"],
  ["tokens", "Tokens"],
  ["leases", "Leases"],
  ["methods", "Ways to log in"],
] as const;

const RULES = `gh api -X POST repos/lantern-tides/tides/rulesets --input - <<< '${JSON.stringify({
  name: "main",
  target: "branch",
  enforcement: "active",
  conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
  rules: [{ type: "pull_request" }, { type: "non_fast_forward" }],
})}'`;

/** Whoever owns the organisation sees all of it. */
const OWNER: Visit = {
  name: "lab-owner",
  address: at("map-the-secrets"),
  states: [
    inPanel("store", "lab-store", inTurn(play(RULES), panelOf("Store"))),
    ...STORE_PAGES.map(([name, button]) => inPanel("store", `lab-store-${name}`, pageOf("Store", button))),
    inPanel("forge", "lab-rules", inTurn(panelOf("Forge"), pageOf("Forge", "Rules"))),
    inPanel("forge", "lab-audit", pageOf("Forge", "Audit log")),
  ],
};

const goesOff: Reach = async (page) => {
  await panelOf("Cloud")(page);
  await pageOf("Cloud", "tides-api")(page);
  await pageOf("Cloud", "Turn off")(page);
  await expect.poll(() => lab.spoken(page)).toContain("The key of tides-api is off.");
};

const HEALTH: Visit = {
  name: "lab-health",
  address: at("rotate-without-outage"),
  states: [
    worked("lab-health", inTurn(begun, panelOf("Health"))),
    worked("lab-outage", inTurn(goesOff, play("sleep 120"), panelOf("Health"), check)),
  ],
};

const onward: Reach = async (page) => {
  await page.getByRole("button", { name: "Next" }).click();
};

const TOUR: Visit = {
  name: "lab-tour",
  address: at("first-clean-pr"),
  newcomer: true,
  states: [
    worked("lab-tour-offer", ready),
    worked("lab-tour", async (page) => {
      await page.getByRole("button", { name: "Show me around" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    }),
    worked("lab-tour-clock", onward),
  ],
};

async function germanIsReady(page: Page): Promise<void> {
  await expect(lab.terminalInput(page)).toBeAttached();
  await expect(page.getByText(/^(?:Das Lab wird vorbereitet|Hier erscheinen)/)).toHaveCount(0);
}

const germanChecks: Reach = async (page) => {
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".diagnosis .finding").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Prüfen/ })).toHaveAttribute("aria-busy", "false");
};

const GERMAN: Visit = {
  name: "lab-german",
  address: `/de${at("first-clean-pr")}`,
  states: [
    worked("lab-german", germanIsReady),
    worked("lab-german-checked", germanChecks),
    read("reading-german", readingTab("Prüfungen")),
  ],
};

/** What the page says before a lab can be played, or while it cannot be kept. */
const BANNERS: readonly Visit[] = [
  {
    name: "lab-unsaved",
    address: at(lab.LAB),
    prepare: async (page) => {
      await page.addInitScript(() => {
        IDBFactory.prototype.open = (): never => {
          throw new DOMException("The operation is insecure.", "SecurityError");
        };
      });
    },
    states: [worked("lab-unsaved", begun, { views: EVERYWHERE })],
  },
  {
    name: "lab-other-tab",
    address: lab.address(),
    prepare: async (page) => {
      const first = await page.context().newPage();
      await lab.openLab(first, SEED);
      await lab.run(first, "git status");
      await page.bringToFront();
    },
    states: [worked("lab-other-tab", ready, { views: EVERYWHERE })],
  },
  {
    name: "lab-other-core",
    address: lab.address(),
    prepare: storeOfOtherCore,
    states: [
      {
        name: "lab-other-core",
        views: EVERYWHERE,
        reach: (page) => expect(page.locator(".banner")).toContainText("LeakLab has changed"),
      },
    ],
  },
];

/** The attempt of an earlier LeakLab, as the browser would have kept it. */
async function storeOfOtherCore(page: Page): Promise<void> {
  await lab.openLab(page, SEED);
  await lab.run(page, "git status");
  await page.goto("/");
  await page.evaluate(
    (core) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("leaklab");
        opening.onsuccess = () => {
          const attempts = opening.result.transaction("attempts", "readwrite").objectStore("attempts");
          const all = attempts.getAll();
          all.onsuccess = () => {
            for (const it of all.result) attempts.put({ ...it, header: { ...it.header, core } });
          };
          attempts.transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    "0123456789abcdef",
  );
}

export const LAB_VISITS: readonly Visit[] = [
  FIRST,
  OVER,
  MISTAKE,
  PIPELINE,
  INCIDENT,
  LOG,
  OWNER,
  HEALTH,
  TOUR,
  GERMAN,
  ...BANNERS,
  {
    name: "lab-placement",
    address: `${at(lab.LAB)}&placement`,
    states: [worked("lab-placement", ready)],
  },
  {
    name: "lab-without-scripts",
    address: lab.address(),
    withoutScripts: true,
    states: [{ name: "lab-without-scripts", views: EVERYWHERE }],
  },
];
