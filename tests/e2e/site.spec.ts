/** The site around the labs: every page in both languages, without scripts too; the header's keys; the search. */
import { readdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./test.ts";

const LANGUAGES = { en: "", de: "/de" } as const;

const incidents = readdirSync(new URL("../../content/incidents/", import.meta.url))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `/incidents/${name.slice(0, -3)}/`);

const MODULES = [
  "day-one",
  "when-it-leaks",
  "quiet-pipelines",
  "untrusted-input",
  "short-lived",
  "supply-chain",
  "governance",
  "people",
];

/** One of each kind, for what takes its time. */
const KINDS = [
  "/",
  "/paths/",
  "/modules/",
  "/modules/day-one/",
  "/modules/people/",
  "/labs/",
  "/incidents/",
  "/incidents/nx-2025/",
  "/glossary/",
  "/guides/authors/",
  "/guides/facilitators/",
  "/simulation/",
  "/accessibility/",
  "/search/",
];

const PAGES = [...new Set([...KINDS, ...MODULES.map((id) => `/modules/${id}/`), ...incidents])];

/** What no page of the site may have. */
async function faults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, lang } = document.documentElement;
    const description = document.querySelector<HTMLMetaElement>("meta[name=description]")?.content ?? "";
    const links = [...document.querySelectorAll<HTMLAnchorElement>("a[href^='/']")];
    const language = lang === "en" ? "" : `/${lang}`;
    const strays = links.filter(
      ({ pathname, hreflang }) =>
        !hreflang && !(language === "" ? !pathname.startsWith("/de/") : pathname.startsWith(`${language}/`)),
    );
    return [
      ...(document.querySelectorAll("h1").length === 1 ? [] : ["not one h1"]),
      ...(document.title.includes("LeakLab") ? [] : [`title: ${document.title}`]),
      ...(description.length >= 20 ? [] : ["no description"]),
      ...(scrollWidth <= clientWidth ? [] : [`${scrollWidth} pixels wide`]),
      ...strays.map((link) => `leaves the language: ${link.pathname}`),
      ...[...document.querySelectorAll("[id]")]
        .map(({ id }) => id)
        .filter((id, i, all) => all.indexOf(id) !== i)
        .map((id) => `id twice: ${id}`),
    ];
  });
}

for (const [language, prefix] of Object.entries(LANGUAGES)) {
  test(`every page of the site opens, ${language}`, async ({ page }) => {
    test.setTimeout(240_000);
    const said: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") said.push(`${page.url()}: ${message.text()}`);
    });
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of PAGES) {
      const answer = await page.goto(`${prefix}${path}`);
      expect(answer?.status(), path).toBe(200);
      await expect(page.locator("html"), path).toHaveAttribute("lang", language);
      expect(await faults(page), path).toEqual([]);
    }
    expect(said).toEqual([]);
  });
}

for (const [language, width, colorScheme] of [
  ["en", 1440, "light"],
  ["de", 390, "dark"],
] as const) {
  test(`axe finds nothing on the site, ${language} at ${width}, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(480_000);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    for (const path of KINDS) {
      await page.goto(`${LANGUAGES[language]}${path}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
      );
      expect(found, path).toEqual([]);
    }
  });
}

test("every link of the site leads to a page that there is", async ({ page, request }) => {
  test.setTimeout(240_000);
  const seen = new Map<string, string>();
  for (const path of [...PAGES, "/de/"]) {
    await page.goto(path);
    const links = await page
      .locator("a[href^='/'], a[href^='#']")
      .evaluateAll((all) => (all as HTMLAnchorElement[]).map(({ href }) => href));
    for (const href of links) if (!seen.has(href)) seen.set(href, path);
  }
  const bodies = new Map<string, string>();
  const broken: string[] = [];
  for (const [href, from] of seen) {
    const { pathname, hash } = new URL(href);
    if (!bodies.has(pathname)) {
      const answer = await request.get(pathname);
      bodies.set(pathname, answer.ok() ? await answer.text() : "");
    }
    const body = bodies.get(pathname) as string;
    const anchor = decodeURIComponent(hash.slice(1));
    if (body === "" || (anchor !== "" && !body.includes(`id="${anchor}"`))) broken.push(`${from} → ${href}`);
  }
  expect(seen.size).toBeGreaterThan(150);
  expect(broken).toEqual([]);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("header and content are there, and languages can be changed", async ({ page }) => {
    await page.goto("/incidents/aws-key-test-2023/");
    const site = page.getByRole("navigation", { name: "Site" });
    await expect(site.getByRole("link")).toHaveText(["Paths", "Modules", "Labs", "Incidents", "Glossary"]);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "A key leaked on purpose, minute by minute",
    );
    await expect(page.getByText("Attaches a quarantine policy to the user")).toBeVisible();
    await page.getByText("Language: English").click();
    await page.getByRole("link", { name: "Deutsch" }).click();
    await expect(page).toHaveURL(/\/de\/incidents\/aws-key-test-2023\/$/);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
  });

  test("the search lists everything by kind", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("searchbox", { name: "Search the site" }).fill("cache");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/search\/\?q=cache$/);
    for (const kind of ["Labs", "Paths", "Modules", "Glossary", "Incidents", "Guides and pages"])
      await expect(page.getByRole("heading", { level: 3, name: kind, exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: "Cache poisoning" })).toBeVisible();
  });

  test("at 390 pixels everything in the header can be reached", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/");
    for (const name of ["Paths", "Modules", "Labs", "Incidents", "Glossary", "Search the site"]) {
      const box = await page.getByRole("banner").getByRole("link", { name }).boundingBox();
      expect(box?.height, name).toBeGreaterThanOrEqual(44);
      expect((box?.x ?? 390) + (box?.width ?? 1), name).toBeLessThanOrEqual(390);
    }
  });
});

test("a word is found with the keyboard: slash, the word, Enter, Enter", async ({ page }) => {
  await page.goto("/labs/");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search the site" })).toBeFocused();
  await page.keyboard.type("refl/og");
  await expect(
    page.getByRole("searchbox", { name: "Search the site" }),
    "a slash in the field is text",
  ).toHaveValue("refl/og");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("reflog");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\/\?q=reflog$/);
  await expect(page.getByRole("status").filter({ hasText: /results?$/ })).toBeVisible();
  const results = page.locator("#search-results").getByRole("listitem");
  await expect(results.first().getByRole("link")).toHaveText("Reflog");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search for" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(results.first().getByRole("link")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/glossary\/#reflog$/);
});

test("the search follows what is typed, says what it found, and shows hostile words as text", async ({
  page,
}) => {
  await page.goto("/search/");
  const field = page.getByRole("searchbox", { name: "Search for" });
  const count = page.locator("#search-count");
  await field.fill("cache");
  await expect(count).toHaveText(/^\d+ results$|results, the best/);
  const many = await page.locator("#search-results > li").count();
  await field.fill("cache poisoning");
  await expect(async () => {
    const fewer = await page.locator("#search-results > li").count();
    expect(fewer).toBeGreaterThan(0);
    expect(fewer).toBeLessThan(many);
  }).toPass();
  await field.fill("<img src=x onerror=alert(1)>");
  await expect(count).toHaveText("Nothing has all of these words. Below is everything there is.");
  await expect(page.getByRole("heading", { name: "Everything there is" })).toBeVisible();
  await expect(page.locator("main img")).toHaveCount(0);
  await page.goto("/search/?q=%3Cimg%20src%3Dx%3E%20cache");
  await expect(field).toHaveValue("<img src=x> cache");
  await page.goto("/de/search/?q=Reflog");
  await expect(page.locator("#search-results").getByRole("link").first()).toHaveAttribute(
    "href",
    "/de/glossary/#reflog",
  );
});

test("the current page is marked, and so is what it belongs to", async ({ page }) => {
  const site = page.getByRole("navigation", { name: "Site" });
  await page.goto("/modules/");
  await expect(site.getByRole("link", { name: "Modules" })).toHaveAttribute("aria-current", "page");
  await page.goto("/modules/day-one/");
  await expect(site.getByRole("link", { name: "Modules" })).toHaveAttribute("aria-current", "true");
  await expect(site.locator("[aria-current]")).toHaveCount(1);
  await page.goto("/");
  await expect(site.locator("[aria-current]")).toHaveCount(0);
});

test("languages close with Escape and by a click elsewhere", async ({ page }) => {
  await page.goto("/");
  const german = page.getByRole("link", { name: "Deutsch" });
  await page.getByText("Language: English").click();
  await expect(german).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(german).toBeHidden();
  await page.getByText("Language: English").click();
  await page.getByRole("heading", { level: 1 }).click();
  await expect(german).toBeHidden();
});

test("home leads each of the three uses on with one click, drawn to scale", async ({ page }) => {
  await page.goto("/");
  for (const [name, address] of [
    ["Start the first lab", "/labs/first-clean-pr/"],
    ["60-second tour first", "/labs/first-clean-pr/?tour"],
    ["Open the maintainer path", "/paths/maintainer/"],
    ["Skip what you know: eight labs", "/placement/"],
    ["Open the workshop plan", "/guides/facilitators/"],
    ["Read a class's attempts", "/report/"],
  ] as const)
    await expect(page.getByRole("link", { name, exact: true })).toHaveAttribute("href", address);
  const drawn = await page.locator(".way").evaluateAll((ways) =>
    ways.map((way) => {
      const bar = way.querySelector(".scale") as HTMLElement;
      const parts = [...bar.children].map((part) => part.getBoundingClientRect());
      return (
        ((parts.at(-1) as DOMRect).right - (parts[0] as DOMRect).left) / bar.getBoundingClientRect().width
      );
    }),
  );
  const axis = await page.locator(".scale-axis").evaluate((axis) => {
    const { left, width } = axis.getBoundingClientRect();
    const tick = axis.children[3] as HTMLElement;
    const { left: from, width: wide } = tick.getBoundingClientRect();
    return (from + wide / 2 - left) / width;
  });
  expect(axis, "90 minutes on the axis").toBeCloseTo(90 / 180, 2);
  for (const [i, minutes] of [30, 178, 90].entries())
    expect(Math.abs((drawn[i] as number) - minutes / 180), `row ${i + 1}`).toBeLessThan(0.02);
});
