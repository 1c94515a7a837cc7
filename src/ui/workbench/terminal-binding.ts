/** Ties a terminal on the page to the session: the only place that knows both. */
import { effect } from "@preact/signals";
import { TerminalView } from "../terminal/terminal.ts";
import { terminalWords } from "../terminal/words.ts";
import "../terminal/terminal.css";
import { refusalText } from "../attempt/refusals.ts";
import type { Screen } from "../attempt/session.ts";
import { toast, type Bench, type TerminalBinding } from "./bench.ts";
import { focusPanel } from "./panels.ts";
import { clockText } from "./timescale.ts";

const FONT_KEY = "leaklab/terminal-font";

function keptFontSize(): number | undefined {
  const size = Number(localStorage.getItem(FONT_KEY));
  return size > 0 ? size : undefined;
}

/** Shows a refusal and hands the line back: the terminal does so when `submit` rejects. */
function refuse(bench: Bench, message: string): never {
  bench.refused.value = refusalText(bench.t, message);
  toast(bench, { tone: "notyet", text: message });
  throw new Error(refusalText(bench.t, message));
}

function ports(bench: Bench, terminal: number) {
  const { session } = bench;
  return {
    submit: async (text: string) => {
      const answer = await session.submit(terminal, text);
      if ("message" in answer) refuse(bench, answer.message);
    },
    parse: (text: string) =>
      session.client?.ask({ ask: "parse", text }) ?? Promise.resolve("incomplete" as const),
    complete: (text: string, cursor: number) =>
      session.client?.ask({ ask: "complete", terminal, text, cursor }) ??
      Promise.resolve({ start: cursor, candidates: [] }),
    reply: (text: string | null) => {
      const phase = session.phase.value;
      if (phase.at === "waiting" && phase.waits.at.terminal === terminal)
        void session.commit({ kind: "reply", waiting: phase.waits.at, text });
    },
    interrupt: () => void session.interrupt(terminal),
    history: () => session.client?.ask({ ask: "history", terminal }) ?? Promise.resolve([]),
    leave: () => focusPanel(bench, bench.cameFrom.value ?? "checks"),
  };
}

function screenOf(bench: Bench, terminal: number, view: TerminalView): Screen {
  const { session } = bench;
  return {
    output: ({ stream, text, paged }) => view.output(stream, text, paged),
    clear: () => view.clear(),
    ended: (applied, ranAtMs) => {
      if (applied.exitCode === 130) view.output("stderr", "^C\n");
      view.prompt(applied.prompt, { exitCode: applied.exitCode, atMs: ranAtMs });
    },
    takenBack: (texts, prompt) => {
      for (const text of texts)
        view.output("stderr", `${bench.t("Taken back: {command}", { command: text })}\n`);
      view.prompt(prompt);
    },
    reopened: () => {
      const prompt = session.prompts.value[terminal];
      view.reset();
      view.restore(session.transcript.value.filter((entry) => entry.terminal === terminal));
      if (prompt) view.prompt(prompt);
    },
  };
}

/** A statement that waits gets its answer where it asks for it: at the prompt, or in the editor. */
function followWaits(bench: Bench, terminal: number, view: TerminalView): () => void {
  let last = "";
  return effect(() => {
    const phase = bench.session.phase.value;
    const key = phase.at === "waiting" ? JSON.stringify(phase.waits) : "";
    if (key === last) return;
    last = key;
    if (phase.at !== "waiting" || phase.waits.at.terminal !== terminal) return;
    const { waits } = phase;
    if (waits.for === "reply") view.ask(waits.prompt, waits.silent);
    else {
      void bench.documents.openWaiting(waits).then((opened) => {
        if (!opened) return;
        focusPanel(bench, "editor");
        bench.said.value = bench.t("The terminal waits for the editor.");
      });
    }
  });
}

export function bindTerminal(bench: Bench, terminal: number, host: HTMLElement): TerminalBinding {
  const { session } = bench;
  const fontSize = keptFontSize();
  const view = new TerminalView({
    host,
    ports: ports(bench, terminal),
    label: bench.t("Terminal {n}", { n: terminal }),
    words: terminalWords(bench.t),
    time: (atMs) => `T+${clockText(atMs - session.startMs.value)}`,
    ...(fontSize !== undefined && { fontSize }),
    onFontSize: (pixels) => localStorage.setItem(FONT_KEY, String(pixels)),
  });
  const screen = screenOf(bench, terminal, view);
  session.screens.set(terminal, screen);
  if (session.phase.value.at === "ready") screen.reopened();
  const stop = followWaits(bench, terminal, view);
  return {
    showText: (on) => view.setTextView(on),
    focus: () => view.focus(),
    end: () => {
      stop();
      if (session.screens.get(terminal) === screen) session.screens.delete(terminal);
      view.dispose();
    },
  };
}
