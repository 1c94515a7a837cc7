import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Line } from "./layout.ts";
import { Screen } from "./screen.ts";
import { contents, cursorOf, screenRows, testSurface, written } from "./testSurface.ts";

function line(text: string, cursor = text.length): Line {
  return { prompt: [{ text: "$ ", style: "1" }], text, cursor, style: "0", continuation: "> " };
}

function stage(columns: number, rows: number, before = "") {
  const term = testSurface(columns, rows);
  const screen = new Screen(term);
  screen.write(before);
  return new Promise<{ term: typeof term; screen: Screen }>((resolve) =>
    screen.begin(() => resolve({ term, screen })),
  );
}

describe("a line on the screen", () => {
  test("is replaced by the next drawing, however long it was", async () => {
    const { term, screen } = await stage(10, 6, "out\r\n");
    for (const text of ["a", "abcdefghijklmnop", "日本語日本語日本語", "a\nb\nc", "x"])
      screen.draw(line(text));
    await written(term);
    expect(contents(term)).toEqual(["out", "$ x"]);
    expect(cursorOf(term)).toEqual([3, 1]);
  });

  test("wraps so that copying joins its rows", async () => {
    const { term, screen } = await stage(10, 6);
    screen.draw(line("abcdefghijkl"));
    await written(term);
    expect(contents(term)).toEqual(["$ abcdefgh", "ijkl"]);
    expect(term.buffer.active.getLine(1)?.isWrapped).toBe(true);
  });

  test("is finished and followed by output", async () => {
    const { term, screen } = await stage(10, 6);
    screen.draw(line("abc", 1));
    screen.finish(line("abc", 1));
    screen.write("out\r\n");
    await written(term);
    expect(contents(term)).toEqual(["$ abc", "out"]);
  });

  test("exactly as wide as the screen leaves no empty row behind", async () => {
    const { term, screen } = await stage(10, 6);
    screen.draw(line("12345678"));
    await written(term);
    expect(cursorOf(term)).toEqual([0, 1]);
    screen.finish(line("12345678"));
    screen.write("out\r\n");
    await written(term);
    expect(contents(term)).toEqual(["$ 12345678", "out"]);
  });

  test("shows ^C behind the text", async () => {
    const { term, screen } = await stage(10, 6);
    screen.draw(line("abc", 0));
    screen.finish(line("abc", 0), "^C");
    await written(term);
    expect(contents(term)).toEqual(["$ abc^C"]);
  });

  test("begins behind output without a line end", async () => {
    const { term, screen } = await stage(20, 6, "no newline");
    screen.draw(line("ab"));
    screen.draw(line("abc"));
    await written(term);
    expect(contents(term)).toEqual(["no newline$ abc"]);
  });

  test("is erased without touching what was before it", async () => {
    const { term, screen } = await stage(20, 6, "no newline");
    screen.draw(line("abcdefghijklmnopqrstuvw"));
    screen.erase();
    await written(term);
    expect(contents(term)).toEqual(["no newline"]);
    expect(cursorOf(term)).toEqual([10, 0]);
  });

  test("gives way to a list and comes again below it", async () => {
    const { term, screen } = await stage(20, 6);
    screen.draw(line("ls s"));
    screen.list(line("ls s"), ["src  styles", "story"]);
    screen.draw(line("ls sr"));
    await written(term);
    expect(contents(term)).toEqual(["$ ls s", "src  styles", "story", "$ ls sr"]);
  });

  test("taller than the screen shows the rows around the cursor, and is left whole", async () => {
    const { term, screen } = await stage(10, 3, "before\r\n");
    const text = "a\nb\nc\nd\ne";
    for (let length = 1; length <= text.length; length += 2) screen.draw(line(text.slice(0, length)));
    await written(term);
    expect(screenRows(term)).toEqual(["> c", "> d", "> e"]);
    screen.draw(line(text, 0));
    await written(term);
    expect(screenRows(term)).toEqual(["$ a", "> b", "> c"]);
    expect(cursorOf(term)).toEqual([2, 0]);
    screen.finish(line(text, 0));
    await written(term);
    expect(contents(term)).toEqual(["before", "$ a", "> b", "> c", "> d", "> e"]);
  });

  test.each([
    [10, 30],
    [30, 10],
    [12, 11],
    [7, 40],
  ])("survives a resize from %i to %i columns", async (from, to) => {
    const { term, screen } = await stage(from, 8, "output\r\n");
    let current = line("a rather long command 日本", 7);
    screen.draw(current);
    screen.resize(to, 6, () => current);
    current = line("changed meanwhile");
    screen.draw(current);
    screen.resize(to + 1, 8, () => current);
    await written(term);
    await written(term);
    const fresh = await stage(to + 1, 8, "output\r\n");
    fresh.screen.draw(current);
    await written(fresh.term);
    expect(contents(term)).toEqual(contents(fresh.term));
    expect(cursorOf(term)).toEqual(cursorOf(fresh.term));
  });

  test("looks the same however it came about", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b ", "日", "\n", "👩‍👩‍👧", "\t"), maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 4, max: 20 }),
        async (texts, columns) => {
          const { term, screen } = await stage(columns, 60);
          for (const each of texts) screen.draw(line(each));
          await written(term);
          const fresh = await stage(columns, 60);
          const last = texts.at(-1) as string;
          fresh.screen.draw(line(last));
          await written(fresh.term);
          expect(contents(term)).toEqual(contents(fresh.term));
          expect(cursorOf(term)).toEqual(cursorOf(fresh.term));
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });
});
