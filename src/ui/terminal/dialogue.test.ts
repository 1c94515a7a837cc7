import { describe, expect, test } from "vitest";
import type { Completion, Prompt } from "../../worker/protocol.ts";
import { Dialogue } from "./dialogue.ts";
import { keysOf } from "./keys.ts";
import { contents, cursorOf, screenRows, testSurface, written } from "./testSurface.ts";
import { EMPTY, outputOf, type Transcript } from "./transcript.ts";
import { english } from "./words.ts";

const PROMPT: Prompt = { text: "main $ ", cwd: "/home", branch: "main", user: "dev" };

interface Stage {
  readonly columns?: number;
  readonly rows?: number;
  readonly history?: readonly string[];
  readonly complete?: (text: string, cursor: number) => Completion;
  readonly submit?: (text: string) => Promise<void>;
}

function stage({ columns = 40, rows = 8, history = [], complete, submit }: Stage = {}) {
  const term = testSurface(columns, rows);
  const calls: string[] = [];
  const spoken: string[] = [];
  const times: (readonly [number, number])[] = [];
  let transcript: Transcript = EMPTY;
  const ports = {
    submit: submit ?? (async (text: string) => void calls.push(`submit ${text}`)),
    parse: async (text: string) =>
      text.split("'").length % 2 === 0 ? ("incomplete" as const) : ("complete" as const),
    complete: async (text: string, cursor: number) =>
      complete?.(text, cursor) ?? { start: cursor, candidates: [] },
    reply: (text: string | null) => void calls.push(`reply ${JSON.stringify(text)}`),
    interrupt: () => void calls.push("interrupt"),
    history: async () => history,
    leave: () => void calls.push("leave"),
  };
  const audience = {
    transcript: (next: Transcript) => void (transcript = next),
    announce: (text: string) => void spoken.push(text),
    timed: (marker: { readonly line: number }, atMs: number) => void times.push([marker.line, atMs]),
  };
  const dialogue = new Dialogue(term, ports, audience, english, 1000);
  const settle = async () => {
    for (let i = 0; i < 6; i++) {
      await written(term);
      await Promise.resolve();
    }
  };
  return {
    term,
    calls,
    spoken,
    times,
    dialogue,
    settle,
    items: () => transcript.items.map((item) => [item.command, outputOf(item), item.exitCode]),
    async type(data: string) {
      for (const key of keysOf(data)) dialogue.key(key);
      await settle();
    },
    async prompt(exitCode: number | null = null) {
      dialogue.prompt(PROMPT, exitCode === null ? null : { exitCode, atMs: 15 });
      await settle();
    },
  };
}

describe("at the prompt", () => {
  test("a command is submitted, its output shown, the prompt comes back", async () => {
    const { term, calls, dialogue, type, prompt, items, spoken } = stage();
    await prompt();
    await type("ls\r");
    expect(calls).toEqual(["submit ls"]);
    dialogue.output("stdout", "a\nb\n", false);
    await prompt(2);
    expect(contents(term)).toEqual(["main $ ls", "a", "b", "main $ "]);
    expect(cursorOf(term)).toEqual([7, 3]);
    expect(items()).toEqual([["ls", "a\nb", 2]]);
    expect(spoken).toEqual(["a\nb\nexit code 2"]);
  });

  test("its first row is known for the time at which it ran", async () => {
    const { dialogue, type, prompt, times } = stage({ columns: 20 });
    await prompt();
    await type("a command of two rows\r");
    dialogue.output("stdout", "x\n".repeat(20), false);
    await prompt(0);
    await type("12345678901\r");
    await prompt(0);
    expect(times).toEqual([
      [0, 15],
      [22, 15],
    ]);
  });

  test("an unfinished command goes on in the next row", async () => {
    const { term, calls, type, prompt } = stage();
    await prompt();
    await type("echo 'a\rb'\r");
    expect(calls).toEqual(["submit echo 'a\nb'"]);
    expect(contents(term)).toEqual(["main $ echo 'a", "> b'"]);
  });

  test("an empty line asks nobody", async () => {
    const { term, calls, type, prompt } = stage();
    await prompt();
    await type("\r  \r");
    expect(calls).toEqual([]);
    expect(contents(term)).toEqual(["main $ ", "main $   ", "main $ "]);
  });

  test("Ctrl-C gives the line up", async () => {
    const { term, calls, type, prompt } = stage();
    await prompt();
    await type("rm -rf\u0003ls");
    expect(calls).toEqual([]);
    expect(contents(term)).toEqual(["main $ rm -rf^C", "main $ ls"]);
  });

  test("Ctrl-D on an empty line leaves", async () => {
    const { calls, type, prompt } = stage();
    await prompt();
    await type("\u0004");
    expect(calls).toEqual(["leave"]);
  });

  test("Ctrl-L clears the screen, keeps the line and the scrollback", async () => {
    const { term, dialogue, type, prompt } = stage();
    dialogue.output("stdout", "old\n", false);
    await prompt();
    await type("ab\u000cc");
    expect(screenRows(term)[0]).toBe("main $ abc");
    expect(contents(term)).toContain("old");
  });

  test("history comes from the world and is spoken", async () => {
    const { term, type, prompt, spoken } = stage({ history: ["git status", "ls"] });
    await prompt();
    await type("\u001b[A\u001b[A");
    expect(contents(term)).toEqual(["main $ git status"]);
    expect(spoken).toEqual(["ls", "git status"]);
  });

  test("a search has a prompt of its own", async () => {
    const { term, type, prompt } = stage({ history: ["git status", "ls"] });
    await prompt();
    await type("\u0012sta");
    expect(contents(term)).toEqual(["(reverse-i-search)`sta': git status"]);
    await type("zz");
    expect(contents(term)[0]).toMatch(/^\(failed reverse-i-search\)`stazz': git s/);
    await type("\u0007");
    expect(contents(term)).toEqual(["main $ "]);
  });

  test("the first Tab completes, the second lists", async () => {
    const names = ["stash", "status"];
    const complete = (text: string) => ({
      start: 4,
      candidates: names.filter((name) => name.startsWith(text.slice(4))),
    });
    const { term, type, prompt, spoken } = stage({ complete });
    await prompt();
    await type("git s\t");
    expect(contents(term)).toEqual(["main $ git sta"]);
    await type("\t");
    expect(contents(term)).toEqual(["main $ git sta", "stash   status", "main $ git sta"]);
    expect(spoken).toContain("2 candidates: stash, status");
    await type("t\t");
    expect(contents(term).at(-1)).toBe("main $ git status ");
  });

  test("listed candidates carry no control characters", async () => {
    const { term, type, prompt } = stage({
      complete: () => ({ start: 0, candidates: ["a\u001b[2J", "b\u202e"] }),
    });
    await prompt();
    await type("\t\t");
    expect(contents(term)).toEqual(["main $ ", "a\ufffd[2J  b\ufffd", "main $ "]);
  });

  test("keys typed during a completion wait for it", async () => {
    const complete = () => ({ start: 0, candidates: ["status"] });
    const { term, type, prompt } = stage({ complete });
    await prompt();
    await type("st\t-s");
    expect(contents(term)).toEqual(["main $ status -s"]);
  });

  test("a pasted command of several lines does not run", async () => {
    const { term, calls, dialogue, settle, prompt } = stage();
    await prompt();
    dialogue.paste("ls\nrm -rf x\u001b[201~\n");
    await settle();
    expect(calls).toEqual([]);
    expect(contents(term)).toEqual(["main $ ls", "> rm -rf x[201~"]);
  });

  test("a prompt without an end closes the command as not run", async () => {
    const { type, prompt, items, spoken } = stage();
    await prompt();
    await type("echo x\r");
    await prompt();
    expect(items()).toEqual([["echo x", "", 1]]);
    expect(spoken).toEqual([]);
  });

  test("a command that the page cannot take comes back with the reason", async () => {
    const submit = () => Promise.reject(new Error("it looks like a real token."));
    const { term, type, prompt, spoken } = stage({ columns: 80, submit });
    await prompt();
    await type("echo x\r");
    const reason = "The command was not run: it looks like a real token.";
    expect(contents(term)).toEqual(["main $ echo x", reason, "main $ echo x"]);
    expect(spoken).toEqual([reason]);
  });
});

describe("while a command runs", () => {
  test("keys wait for the prompt", async () => {
    const { term, calls, type, prompt } = stage();
    await prompt();
    await type("slow\r");
    await type("next");
    expect(contents(term)).toEqual(["main $ slow"]);
    await prompt(0);
    expect(contents(term)).toEqual(["main $ slow", "main $ next"]);
    await type("\r");
    expect(calls).toEqual(["submit slow", "submit next"]);
  });

  test("whole commands typed ahead run one after the other", async () => {
    const { calls, type, prompt } = stage();
    await prompt();
    await type("one\rtwo\rthree\r");
    expect(calls).toEqual(["submit one"]);
    await prompt(0);
    expect(calls).toEqual(["submit one", "submit two"]);
    await prompt(0);
    expect(calls).toEqual(["submit one", "submit two", "submit three"]);
  });

  test("Ctrl-C interrupts and drops what was typed ahead", async () => {
    const { term, calls, type, prompt } = stage();
    await prompt();
    await type("slow\rnext\u0003");
    expect(calls).toEqual(["submit slow", "interrupt"]);
    await prompt(130);
    expect(contents(term)).toEqual(["main $ slow", "main $ "]);
  });

  test("Ctrl-C that overtakes the answer of the parser still interrupts", async () => {
    const { calls, dialogue, settle, prompt } = stage();
    await prompt();
    for (const key of keysOf("slow\r\u0003after")) dialogue.key(key);
    await settle();
    expect(calls).toEqual(["submit slow", "interrupt"]);
    await prompt(130);
    expect(calls).toEqual(["submit slow", "interrupt"]);
  });

  test("long output is spoken as a count of lines", async () => {
    const { dialogue, type, prompt, spoken } = stage();
    await prompt();
    await type("seq\r");
    dialogue.output("stdout", "x\n".repeat(214), false);
    await prompt(0);
    expect(spoken).toEqual(["214 lines of output"]);
  });

  test("output without a line end stays before the prompt", async () => {
    const { term, dialogue, type, prompt } = stage();
    await prompt();
    await type("printf x\r");
    dialogue.output("stdout", "x", false);
    await prompt(0);
    await type("ls");
    expect(contents(term)).toEqual(["main $ printf x", "xmain $ ls"]);
  });

  test("hostile output changes nothing but text and colours", async () => {
    const { term, dialogue, type, prompt, items } = stage();
    await prompt();
    await type("cat x\r");
    dialogue.output("stdout", "a\u001b]0;ti", false);
    dialogue.output("stderr", "b", false);
    dialogue.output("stdout", "tle\u0007c\u001b[?1049h\u001b[6n\n", false);
    await prompt(0);
    expect(contents(term)).toEqual(["main $ cat x", "abc", "main $ "]);
    expect(items()).toEqual([["cat x", "abc", 0]]);
    expect(term.buffer.active.type).toBe("normal");
  });

  test("colours and unfinished sequences end with the command", async () => {
    const { term, dialogue, type, prompt } = stage();
    await prompt();
    await type("x\r");
    dialogue.output("stdout", "\u001b[41mred\u001b]0;", false);
    await prompt(0);
    await type("y\r");
    dialogue.output("stdout", "plain\n", false);
    await prompt(0);
    expect(contents(term)).toContain("plain");
    const row = term.buffer.active.getLine(2);
    expect(row?.getCell(0)?.getBgColorMode()).toBe(0);
  });

  test("clear empties screen and scrollback", async () => {
    const { term, dialogue, type, prompt, items } = stage();
    await prompt();
    await type("clear\r");
    dialogue.output("stdout", "x\n".repeat(50), false);
    dialogue.clear();
    await prompt(0);
    expect(contents(term)).toEqual(["main $ "]);
    expect(items().length).toBe(1);
  });
});

describe("a command that reads", () => {
  test("gets a line", async () => {
    const { term, calls, dialogue, settle, type, prompt, items } = stage();
    await prompt();
    await type("read name\r");
    dialogue.ask("Name: ", false);
    await settle();
    await type("Ada\r");
    expect(calls).toEqual(["submit read name", 'reply "Ada"']);
    await prompt(0);
    expect(contents(term)).toEqual(["main $ read name", "Name: Ada", "main $ "]);
    expect(items()).toEqual([["read name", "Name: Ada", 0]]);
  });

  test("gets what was typed ahead", async () => {
    const { calls, dialogue, settle, type, prompt } = stage();
    await prompt();
    await type("read name\rAda\r");
    dialogue.ask("Name: ", false);
    await settle();
    expect(calls).toEqual(["submit read name", 'reply "Ada"']);
  });

  test("silently, shows and keeps nothing", async () => {
    const { term, calls, dialogue, settle, type, prompt, items } = stage();
    await prompt();
    await type("read -s x\r");
    dialogue.ask("Password: ", true);
    await settle();
    await type("hidden");
    expect(contents(term)).toEqual(["main $ read -s x", "Password: "]);
    await type("\r");
    expect(calls.at(-1)).toBe('reply "hidden"');
    await prompt(0);
    expect(JSON.stringify([contents(term), items()])).not.toContain("hidden");
    await type("kept\u0015");
    await type("read -s x\r");
    dialogue.ask("", true);
    await settle();
    await type("hidden\u0015\r");
    await prompt(0);
    await type("\u0019");
    expect(contents(term).at(-1)).toBe("main $ kept");
  });

  test.each([
    ["\u0004", "reply null"],
    ["ab\u0003", "interrupt"],
  ])("%j: %s", async (data, call) => {
    const { calls, dialogue, settle, type, prompt } = stage();
    await prompt();
    await type("read x\r");
    dialogue.ask("", false);
    await settle();
    await type(data);
    expect(calls.at(-1)).toBe(call);
  });

  test("the prompt of a read keeps to text", async () => {
    const { term, dialogue, settle, type, prompt } = stage();
    await prompt();
    await type("read x\r");
    dialogue.ask("\u001b]0;t\u0007\u001b[31mA\u001b[2J: ", false);
    await settle();
    expect(contents(term)).toEqual(["main $ read x", "A: "]);
  });
});

describe("paged output", () => {
  const long = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join("");

  test("that fits is printed", async () => {
    const { term, dialogue, type, prompt } = stage();
    await prompt();
    await type("git log\r");
    dialogue.output("stdout", "one\ntwo\n", true);
    await prompt(0);
    expect(contents(term)).toEqual(["main $ git log", "one", "two", "main $ "]);
  });

  test("that is longer waits for q; everything after it waits too", async () => {
    const { term, dialogue, type, prompt, items, spoken } = stage();
    await prompt();
    await type("git log\r");
    dialogue.output("stdout", long, true);
    dialogue.output("stdout", "after\n", false);
    await prompt(0);
    expect(dialogue.paging).toBe(true);
    expect(screenRows(term).slice(0, 7)).toEqual(Array.from({ length: 7 }, (_, i) => `line ${i}`));
    expect(items()).toEqual([["git log", `${long}after`, 0]]);
    expect(spoken).toContain("Pager, 30 lines. q leaves.");
    await type("q");
    expect(dialogue.paging).toBe(false);
    expect(screenRows(term).slice(-3)).toEqual(["line 6", "after", "main $ "]);
    await type("ls");
    expect(screenRows(term).at(-1)).toBe("main $ ls");
  });

  test("takes keys that were typed ahead", async () => {
    const { term, dialogue, settle, type, prompt, calls } = stage();
    await prompt();
    await type("git log\rqls\r");
    dialogue.output("stdout", long, true);
    await settle();
    expect(dialogue.paging).toBe(false);
    await prompt(0);
    expect(calls).toEqual(["submit git log", "submit ls"]);
    expect(contents(term).at(-1)).toBe("main $ ls");
  });

  test("twice is two pagers", async () => {
    const { term, dialogue, type, prompt } = stage();
    await prompt();
    await type("git log; git log\r");
    dialogue.output("stdout", long, true);
    dialogue.output("stdout", long.replaceAll("line", "other"), true);
    await prompt(0);
    await type("q");
    expect(dialogue.paging).toBe(true);
    expect(screenRows(term)[0]).toBe("other 0");
    await type("q");
    expect(dialogue.paging).toBe(false);
  });

  test("follows the size of the screen", async () => {
    const { term, dialogue, settle, type, prompt } = stage();
    await prompt();
    await type("git log\r");
    dialogue.output("stdout", long, true);
    await settle();
    await type("jjj");
    dialogue.resize(30, 5);
    await settle();
    expect(screenRows(term).slice(0, 4)).toEqual(["line 3", "line 4", "line 5", "line 6"]);
    dialogue.resize(30, 12);
    await settle();
    expect(screenRows(term)[0]).toBe("line 3");
    expect(screenRows(term)[10]).toBe("line 13");
  });
});

describe("coming back", () => {
  test("restored commands are shown, spoken as a count", async () => {
    const { term, dialogue, prompt, items, spoken, times } = stage();
    dialogue.restore([
      {
        seq: 1,
        terminal: 1,
        prompt: PROMPT,
        text: "echo 'a\nb'",
        output: [
          { stream: "stdout", text: "a\nb\n" },
          { stream: "stderr", text: "\u001b]0;x\u0007oh\n" },
        ],
        exitCode: 1,
        atMs: 15,
      },
    ]);
    await prompt();
    expect(contents(term)).toEqual(["main $ echo 'a", "> b'", "a", "b", "oh", "main $ "]);
    expect(items()).toEqual([["echo 'a\nb'", "a\nb\noh", 1]]);
    expect(times).toEqual([[0, 15]]);
    expect(spoken).toEqual(["1 command restored"]);
  });

  test("a reset forgets everything that was under way", async () => {
    const { term, calls, dialogue, settle, type, prompt, items } = stage();
    await prompt();
    await type("one\rtyped ahead");
    dialogue.output("stdout", "x\n".repeat(30), true);
    await settle();
    dialogue.reset();
    await prompt();
    await type("two\r");
    expect(calls).toEqual(["submit one", "submit two"]);
    expect(contents(term)).toEqual(["main $ two"]);
    expect(items()).toEqual([["two", "", null]]);
  });

  test("a reset during an answer of the page ignores the answer", async () => {
    const { term, calls, dialogue, settle, prompt } = stage();
    await prompt();
    for (const key of keysOf("one\r")) dialogue.key(key);
    dialogue.reset();
    await settle();
    await prompt();
    expect(calls).toEqual([]);
    expect(contents(term)).toEqual(["main $ "]);
  });
});

describe("resizing", () => {
  test("keeps prompt, line and cursor", async () => {
    const { term, dialogue, settle, type, prompt } = stage();
    dialogue.output("stdout", `${"word ".repeat(12)}\n`, false);
    await prompt();
    await type("a command of some length\u0001");
    for (const columns of [20, 60, 13, 40]) {
      dialogue.resize(columns, 8);
      await settle();
    }
    expect(contents(term).slice(-1)).toEqual(["main $ a command of some length"]);
    expect(cursorOf(term)[0]).toBe(7);
    expect(contents(term).filter((row) => row.includes("main")).length).toBe(1);
  });
});

describe("a flood of output", () => {
  test("shows its end, in order, and the prompt after it", async () => {
    const { term, dialogue, type, prompt } = stage();
    await prompt();
    await type("flood\r");
    for (let i = 0; i < 60_000; i++) dialogue.output("stdout", `${i} ${"x".repeat(70)}\n`, false);
    await prompt(0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await written(term);
    const rows = contents(term);
    expect(rows.at(-1)).toBe("main $ ");
    expect(rows.filter((row) => row.startsWith("59999 ")).length).toBe(1);
  });
});
