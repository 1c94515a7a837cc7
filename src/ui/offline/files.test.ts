import { describe, expect, test } from "vitest";
import { addressOf, inOrder, type SiteFile } from "./files.ts";

describe("where a file of the build is found", () => {
  test.each([
    ["index.html", "/"],
    ["labs/pwn-request/index.html", "/labs/pwn-request/"],
    ["404.html", "/404.html"],
    ["_astro/core.js", "/_astro/core.js"],
    ["my-index.html", "/my-index.html"],
  ])("%s", (file, address) => expect(addressOf(file)).toBe(address));
});

describe("the order of fetching", () => {
  const paths = [
    "/_astro/monaco.a.js",
    "/de/",
    "/de/search.json",
    "/_astro/core.b.js",
    "/",
    "/search.json",
    "/_astro/codicon.c.ttf",
    "/_astro/next.woff2",
    "/theme.js",
    "/_astro/site.css",
    "/dead/",
  ];
  const site = { build: "b", languages: ["de"], files: paths.map((path): SiteFile => [path, "0"]) };
  const ordered = (language: string) => inOrder(site, language).map(([path]) => path);

  test("looks, pages of this language, what labs run on, the editor, other languages", () =>
    expect(ordered("en")).toEqual([
      "/_astro/next.woff2",
      "/_astro/site.css",
      "/",
      "/search.json",
      "/dead/",
      "/_astro/core.b.js",
      "/theme.js",
      "/_astro/monaco.a.js",
      "/_astro/codicon.c.ttf",
      "/de/",
      "/de/search.json",
    ]));

  test("in German the German pages come before the English ones", () => {
    const german = ordered("de");
    expect(german.indexOf("/de/")).toBeLessThan(german.indexOf("/_astro/core.b.js"));
    expect(german.indexOf("/")).toBeGreaterThan(german.indexOf("/_astro/monaco.a.js"));
  });

  test("nothing is lost", () => expect(ordered("en").toSorted()).toEqual(paths.toSorted()));
});
