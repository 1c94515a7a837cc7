import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  append,
  begin,
  EMPTY,
  end,
  lineCount,
  outputOf,
  running,
  settled,
  type TranscriptItem,
} from "./transcript.ts";

function printed(...chunks: readonly string[]): TranscriptItem {
  const started = begin(EMPTY, "$ ", "cmd");
  return chunks.reduce(append, started).items.at(-1) as TranscriptItem;
}

/** Chunks, output, lines. */
const OUTPUTS: readonly (readonly [string, readonly string[], string, number])[] = [
  ["nothing", [], "", 0],
  ["lines", ["a\r\nb\r\n"], "a\nb", 2],
  ["no line end at the end", ["a\r\nb"], "a\nb", 2],
  ["chunks", ["a", "b\r", "\nc"], "ab\nc", 2],
  ["colours and movement", ["\u001b[31ma\u001b[0m\u001b[2Kb\r\n"], "ab", 1],
  ["a colour over a chunk border", ["\u001b[31m", "a\r\n"], "a", 1],
  ["progress", ["10%\r50%\r100%\r\n"], "100%", 1],
  ["progress that is shorter in the end", ["working\rdone\r\n"], "doneing", 1],
  ["progress still open", ["10%\r50%"], "50%", 1],
  ["backspaces", ["ab\bc\r\n"], "ac", 1],
  ["empty lines", ["\r\n\r\n"], "\n", 2],
];

describe("output as text", () => {
  test.each(OUTPUTS)("%s", (_name, chunks, output, lines) => {
    const item = printed(...chunks);
    expect(outputOf(item)).toBe(output);
    expect(lineCount(item)).toBe(lines);
  });

  test("chunk borders change nothing", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\r\n", "\b", "x\ry", "日"), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.nat(60), (whole, cut) => {
        expect(outputOf(printed(whole.slice(0, cut), whole.slice(cut)))).toBe(outputOf(printed(whole)));
      }),
      { seed: 1 },
    );
  });

  test("very long output keeps its end and counts the rest", () => {
    const item = printed("0123456789\r\n".repeat(50_000), "end\r\n");
    expect(item.dropped).toBeGreaterThan(10_000);
    expect(lineCount(item)).toBe(50_001);
    expect(outputOf(item).length).toBeLessThan(250_000);
    expect(outputOf(item).endsWith("\nend")).toBe(true);
  });

  test("a line without an end stays bounded", () => {
    expect(outputOf(printed(...Array.from({ length: 40 }, () => "x".repeat(10_000)))).length).toBe(100_000);
  });

  test("settled leaves ordinary lines alone", () => {
    expect(settled("ordinary")).toBe("ordinary");
    expect(settled("abc\rX")).toBe("Xbc");
  });
});

describe("entries", () => {
  test("a command runs until it ends", () => {
    const started = begin(EMPTY, "$ ", "ls");
    expect(running(started)?.command).toBe("ls");
    const ended = end(append(started, "out"), 1, 15);
    expect(running(ended)).toBeNull();
    expect(ended.items).toMatchObject([{ prompt: "$ ", command: "ls", exitCode: 1, atMs: 15, open: "out" }]);
    expect(end(ended, 0, 0)).toBe(ended);
  });

  test("output without a command gets an entry of its own", () => {
    const items = append(end(begin(EMPTY, "$ ", "ls"), 0, 0), "late\r\n").items;
    expect(items.map((item) => [item.command, outputOf(item)])).toEqual([
      ["ls", ""],
      ["", "late"],
    ]);
  });

  test("old entries leave, identities stay", () => {
    let transcript = EMPTY;
    for (let i = 0; i < 600; i++) transcript = end(begin(transcript, "$ ", String(i)), 0, 0);
    expect(transcript.items.length).toBe(500);
    expect(transcript.items[0]).toMatchObject({ id: 101, command: "100" });
  });
});
