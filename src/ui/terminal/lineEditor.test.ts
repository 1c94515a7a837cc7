import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { snap } from "./boundaries.ts";
import { keysOf, type Key } from "./keys.ts";
import {
  continued,
  insert,
  newLine,
  paste,
  press,
  withHistory,
  type Effect,
  type LineEditor,
} from "./lineEditor.ts";

/** "ab|c" is the text "abc" with the cursor behind the b. */
function at(
  marked: string,
  kind: LineEditor["kind"] = "command",
  history: readonly string[] = [],
): LineEditor {
  const cursor = marked.indexOf("|");
  return { ...newLine(kind, history), text: marked.replace("|", ""), cursor };
}

function marked({ text, cursor }: LineEditor): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

/** Keys in words: "ctrl-a left x" types the x; "space" is a blank. */
function keys(words: string): Key[] {
  return words
    .split(" ")
    .filter((word) => word !== "")
    .flatMap((word): Key[] => {
      if (word === "space") return [{ text: " " }];
      const named = /^(ctrl-|alt-)|^(enter|tab|escape|backspace|delete|left|right|up|down|home|end)$/.test(
        word,
      );
      return named ? [{ name: word }] : [{ text: word }];
    });
}

function pressed(editor: LineEditor, words: string): { editor: LineEditor; effects: Effect[] } {
  const effects: Effect[] = [];
  for (const key of keys(words)) {
    const step = press(editor, key);
    editor = step.editor;
    if (step.effect) effects.push(step.effect);
  }
  return { editor, effects };
}

/** Before, keys, after. */
const EDITS: readonly (readonly [string, string, string])[] = [
  ["|", "a b c", "abc|"],
  ["ac|", "left b", "ab|c"],
  ["a👩‍👩‍👧|b", "left", "a|👩‍👩‍👧b"],
  ["a|👩‍👩‍👧b", "right", "a👩‍👩‍👧|b"],
  ["a👩‍👩‍👧|b", "backspace", "a|b"],
  ["|🇩🇪🇫🇷", "delete", "|🇫🇷"],
  ["e\u0301|", "backspace", "|"],
  ["|ab", "left", "|ab"],
  ["ab|", "right", "ab|"],
  ["|ab", "backspace", "|ab"],
  ["ab|", "delete", "ab|"],
  ["ab|cd", "ctrl-a", "|abcd"],
  ["ab|cd", "ctrl-e", "abcd|"],
  ["ab|cd", "home x end y", "xabcdy|"],
  ["ab|cd", "ctrl-b", "a|bcd"],
  ["ab|cd", "ctrl-f", "abc|d"],
  ["ab|cd", "ctrl-d", "ab|d"],
  ["git commit -m|", "alt-b", "git commit -|m"],
  ["git commit -m|", "alt-b alt-b", "git |commit -m"],
  ["|git commit", "alt-f", "git| commit"],
  ["git| commit", "alt-f", "git commit|"],
  ["git commit|", "ctrl-left", "git |commit"],
  ["|git commit", "ctrl-right ctrl-right", "git commit|"],
  ["rm src/a.js|", "ctrl-w", "rm |"],
  ["rm src/a.js|", "alt-backspace", "rm src/a.|"],
  ["rm src/a.js  |", "ctrl-w", "rm |"],
  ["|git add", "alt-d", "| add"],
  ["größe ändern|", "alt-b", "größe |ändern"],
  ["ab|cd", "ctrl-u", "|cd"],
  ["ab|cd", "ctrl-k", "ab|"],
  ["ab|cd", "ctrl-k ctrl-y", "abcd|"],
  ["ab|cd", "ctrl-u ctrl-e ctrl-y", "cdab|"],
  ["a b c|", "ctrl-w ctrl-w ctrl-y", "a b c|"],
  ["a b c|", "ctrl-w left ctrl-w ctrl-y", "a b| "],
  ["|a b c", "alt-d alt-d ctrl-y", "a b| c"],
  ["ab cd|", "alt-b ctrl-k ctrl-u ctrl-y", "ab cd|"],
  ["abc|", "ctrl-t", "acb|"],
  ["a|bc", "ctrl-t", "ba|c"],
  ["|abc", "ctrl-t", "|abc"],
  ["a|", "ctrl-t", "a|"],
  ["a日|本", "ctrl-t", "a本日|"],
  ["|", "a b c ctrl-_", "|"],
  ["|", "a b ctrl-w ctrl-_", "ab|"],
  ["|", "a b ctrl-w ctrl-_ ctrl-_", "|"],
  ["|", "a left b ctrl-_", "|a"],
  ["x|", "ctrl-_", "x|"],
  ["ab|", "escape b", "|ab"],
  ["ab cd|", "escape backspace", "ab |"],
  ["ab|", "ctrl-z", "ab|"],
  // Several rows.
  ["ab\ncd|", "ctrl-a", "ab\n|cd"],
  ["ab|\ncd", "ctrl-e", "ab|\ncd"],
  ["ab\ncd|", "up", "ab|\ncd"],
  ["abc\nd|", "up down", "abc\nd|"],
  ["a|bc\nd", "down", "abc\nd|"],
  ["日本|\nabcd", "down", "日本\nab|cd"],
  ["ab\nc|d", "ctrl-u", "ab\n|d"],
  ["ab\n|cd", "ctrl-u", "ab|cd"],
  ["a|b\ncd", "ctrl-k", "a|\ncd"],
  ["a|\ncd", "ctrl-k", "a|cd"],
  ["ab\n|cd", "backspace", "ab|cd"],
  ["ab\n|cd", "ctrl-t", "ab\n|cd"],
];

const EFFECTS: readonly (readonly [string, string, readonly Effect[]])[] = [
  ["ls|", "enter", [{ do: "submit", text: "ls" }]],
  ["a|b", "enter", [{ do: "submit", text: "ab" }]],
  ["|", "ctrl-d", [{ do: "eof" }]],
  ["a|", "ctrl-d", [{ do: "bell" }]],
  ["a|", "ctrl-c", [{ do: "interrupt" }]],
  ["a|", "ctrl-l", [{ do: "clear" }]],
  ["a|", "tab", [{ do: "complete", list: false }]],
  [
    "a|",
    "tab tab",
    [
      { do: "complete", list: false },
      { do: "complete", list: true },
    ],
  ],
  [
    "a|",
    "tab b tab",
    [
      { do: "complete", list: false },
      { do: "complete", list: false },
    ],
  ],
  ["|", "ctrl-y", [{ do: "bell" }]],
  ["|", "up", [{ do: "bell" }]],
];

/** History, keys, after. */
const RECALLS: readonly (readonly [readonly string[], string, string])[] = [
  [["one", "two"], "up", "two|"],
  [["one", "two"], "up up", "one|"],
  [["one", "two"], "up up up", "one|"],
  [["one", "two"], "up down", "|"],
  [["one", "two"], "d r a f t up down", "draft|"],
  [["one", "two"], "up x up down", "twox|"],
  [["one", "two"], "up up x down down up up", "onex|"],
  [["one", "two"], "ctrl-p ctrl-p ctrl-n", "two|"],
  [["one", "two"], "alt-<", "one|"],
  [["one", "two"], "alt-< alt->", "|"],
  [["a\nb"], "up", "a\nb|"],
  [["old", "a\nb"], "up up", "a|\nb"],
  [["old", "a\nb"], "up up up", "old|"],
  [["old", "a\nb"], "ctrl-p ctrl-p", "old|"],
  [["one"], "up x ctrl-_", "one|"],
  [["one"], "up ctrl-_", "one|"],
];

/** History, keys, after, whether a search is still open. */
const SEARCHES: readonly (readonly [readonly string[], string, string, boolean])[] = [
  [["git log", "ls", "git status"], "ctrl-r g i t", "|git status", true],
  [["git log", "ls", "git status"], "ctrl-r g i t ctrl-r", "|git log", true],
  [["git log", "ls", "git status"], "ctrl-r g i t space l", "|git log", true],
  [["git log", "ls"], "ctrl-r l o g", "git |log", true],
  [["git log", "ls"], "ctrl-r l o x", "git |log", true],
  [["git log", "ls"], "ctrl-r l o x backspace", "git |log", true],
  [["git log", "ls"], "ctrl-r l backspace", "|", true],
  [["git log", "ls"], "d ctrl-r l o ctrl-g", "d|", false],
  [["git log", "ls"], "ctrl-r l o g escape", "git |log", false],
  [["git log", "ls"], "ctrl-r l o g ctrl-e", "git log|", false],
  [["git log", "ls"], "ctrl-r l o g enter", "git |log", false],
  [["git log", "ls"], "d ctrl-r l o g down down", "d|", false],
  [["one", "git log", "ls"], "ctrl-r l o g escape up", "one|", false],
  [["same", "same", "other same"], "ctrl-r s a ctrl-r ctrl-r", "|same", true],
  [[], "ctrl-r a", "|", true],
];

describe("editing", () => {
  test.each(EDITS)("%j + %s", (before, words, after) => {
    expect(marked(pressed(at(before), words).editor)).toBe(after);
  });

  test.each(EFFECTS)("%j + %s has its effect", (before, words, effects) => {
    expect(pressed(at(before), words).effects).toEqual(effects);
  });

  test.each(RECALLS)("history %j + %s", (history, words, after) => {
    expect(marked(pressed(newLine("command", history), words).editor)).toBe(after);
  });

  test.each(SEARCHES)("search in %j + %s", (history, words, after, open) => {
    const { editor } = pressed(newLine("command", history), words);
    expect(marked(editor)).toBe(after);
    expect(editor.search !== null).toBe(open);
  });

  test("a search without a match says so", () => {
    const { editor, effects } = pressed(newLine("command", ["ls"]), "ctrl-r x");
    expect(editor.search).toMatchObject({ query: "x", failed: true });
    expect(effects).toEqual([{ do: "bell" }]);
  });

  test("Enter in a search submits the match", () => {
    const { effects } = pressed(newLine("command", ["git log", "ls"]), "ctrl-r l o g enter");
    expect(effects).toEqual([{ do: "submit", text: "git log" }]);
  });

  test("a reply has neither history nor completion nor search", () => {
    const { editor, effects } = pressed(at("a|", "reply", ["old"]), "tab up ctrl-r enter");
    expect(marked(editor)).toBe("a\t|");
    expect(effects).toEqual([{ do: "bell" }, { do: "bell" }, { do: "submit", text: "a\t" }]);
  });

  test("an unfinished command goes on at its end", () => {
    expect(marked(continued(at("for i|; do")))).toBe("for i; do\n|");
  });

  test("a paste is inserted, not run, and undone at once", () => {
    const pasted = paste(at("a|b"), "x\r\ny\u001b[31m\n");
    expect(marked(pasted)).toBe("ax\ny[31m|b");
    expect(marked(pressed(pasted, "ctrl-_").editor)).toBe("a|b");
  });

  test("a paste into a reply stays one line", () => {
    expect(marked(paste(at("|", "reply"), "a\nb\n"))).toBe("a b|");
  });

  test("a paste ends a search with its match", () => {
    const { editor } = pressed(newLine("command", ["ls"]), "ctrl-r l");
    expect(marked(paste(editor, "x"))).toBe("x|ls");
  });

  test("a new history is taken over, but not under the learner's hands", () => {
    const fresh = withHistory(newLine("command", ["a"]), ["a", "b"]);
    expect(marked(pressed(fresh, "up").editor)).toBe("b|");
    const moving = withHistory(pressed(newLine("command", ["a"]), "up").editor, ["a", "b"]);
    expect(moving.history).toEqual(["a"]);
  });

  test("the kill buffer goes over to the next line", () => {
    const { editor } = pressed(at("secret|"), "ctrl-u");
    expect(marked(pressed(newLine("command", [], editor.killed), "ctrl-y").editor)).toBe("secret|");
  });
});

const NAMES = (
  "ctrl-a ctrl-b ctrl-d ctrl-e ctrl-f ctrl-k ctrl-l ctrl-n ctrl-p ctrl-r ctrl-g ctrl-t ctrl-u ctrl-w ctrl-y ctrl-_ " +
  "alt-b alt-f alt-d alt-backspace ctrl-left ctrl-right alt-< alt-> " +
  "backspace delete left right up down home end tab enter escape"
).split(" ");
const someText = fc.oneof(
  fc.constantFrom("a", " ", "\u0301", "日", "👩‍👩‍👧", "🇩🇪", "\u200d", "-", "/"),
  fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 4 }),
);
const anyKey: fc.Arbitrary<Key> = fc.oneof(
  fc.record({ text: someText }),
  fc.constantFrom(...NAMES).map((name) => ({ name })),
);
const noMoves = fc.oneof(
  fc.record({ text: someText }),
  fc
    .constantFrom(
      "ctrl-u",
      "ctrl-k",
      "ctrl-w",
      "ctrl-y",
      "ctrl-t",
      "backspace",
      "delete",
      "left",
      "ctrl-a",
      "alt-b",
      "alt-d",
    )
    .map((name) => ({ name })),
);
const history = fc.array(fc.constantFrom("one", "two words", "日本", "a\nb", ""), { maxLength: 4 });

function play(editor: LineEditor, typed: readonly Key[]): LineEditor {
  return typed.reduce<LineEditor>((state, key) => press(state, key).editor, editor);
}

describe("whatever is typed", () => {
  test("the cursor stays in the text, on a grapheme", () => {
    fc.assert(
      fc.property(history, fc.array(anyKey, { maxLength: 40 }), (lines, typed) => {
        let editor = newLine("command", lines);
        for (const key of typed) {
          editor = press(editor, key).editor;
          expect(editor.cursor).toBeGreaterThanOrEqual(0);
          expect(editor.cursor).toBeLessThanOrEqual(editor.text.length);
          expect(snap(editor.text, editor.cursor)).toBe(editor.cursor);
          expect(editor.place).toBeLessThanOrEqual(editor.history.length);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("undoing everything gives the first text back", () => {
    fc.assert(
      fc.property(someText, fc.array(noMoves, { maxLength: 30 }), (text, typed) => {
        let editor = play({ ...newLine("command"), text, cursor: text.length }, typed);
        for (let i = editor.undo.length; i > 0; i--) editor = press(editor, { name: "ctrl-_" }).editor;
        expect(editor.text).toBe(text);
        expect(press(editor, { name: "ctrl-_" }).effect).toEqual({ do: "bell" });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("inserting and killing back are inverses", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "Z", "9", "ß", "日"), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (before, middle, after) => {
        const editor = { ...newLine("command"), text: `${before} ${after}`, cursor: before.length + 1 };
        const killed = press(insert(editor, middle), { name: "ctrl-w" }).editor;
        expect(marked(killed)).toBe(marked(editor));
        expect(killed.killed).toBe(middle);
        expect(press(killed, { name: "ctrl-y" }).editor.text).toBe(`${before} ${middle}${after}`);
      }),
      { seed: 1 },
    );
  });

  test("a paste brings no control characters with it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(paste(newLine("command"), text).text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
      { seed: 1 },
    );
  });

  test("a search given up leaves everything as it was", () => {
    const inSearch = fc.oneof(
      fc.record({ text: someText }),
      fc.constantFrom({ name: "ctrl-r" }, { name: "backspace" }),
    );
    fc.assert(
      fc.property(
        history,
        fc.array(noMoves, { maxLength: 6 }),
        fc.array(inSearch, { maxLength: 8 }),
        (lines, typed, searched) => {
          const before = play(newLine("command", lines), typed);
          const after = play(before, [{ name: "ctrl-r" }, ...searched, { name: "ctrl-g" }]);
          expect({ ...after, last: null }).toEqual({ ...before, last: null });
        },
      ),
      { seed: 1 },
    );
  });

  test("raw input of any kind does not break it", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 6 }), { maxLength: 20 }), (chunks) => {
        const editor = play(newLine("command", ["x"]), chunks.flatMap(keysOf));
        expect(snap(editor.text, editor.cursor)).toBe(editor.cursor);
      }),
      { seed: 1 },
    );
  });
});
