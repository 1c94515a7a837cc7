/** Where the lines of a place may end. */
import { h } from "preact";
import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { Breakable } from "./Breakable.tsx";

test.each([
  ["config/database.js:4", "config/|database.js:4"],
  ["databaseUrl", "database|Url"],
  ["mina:/home/mina/.env:12", "mina:|/|home/|mina/|.env:12"],
  ["DATABASE_URL", "DATABASE_|URL"],
  ["stash@{0}", "stash@{0}"],
])("%s", (text, parts) => {
  expect(render(h(Breakable, { text })).replaceAll(/<wbr\s*\/?>/g, "|")).toBe(parts);
});
