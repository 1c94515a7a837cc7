import { expect, test } from "vitest";
import { terminalTheme } from "./theme.ts";

test("colours come from custom properties, with something to stand in", () => {
  const theme = terminalTheme((property) => (property === "--panel" ? " #000000 " : ""));
  expect(theme).toMatchObject({
    background: "#000000",
    foreground: "#12212a",
    blue: "#0a5680",
    brightBlue: "#0a5680",
  });
  for (const color of Object.values(theme)) expect(color).toMatch(/^#[0-9a-f]{6}$/);
});
