/** The keys that the page takes before shell and editor see them; all others are theirs. */
import { said } from "../text/said.ts";
import { STEPS } from "../tour/steps.ts";
import type { Bench } from "./bench.ts";
import { runChecks } from "./commands.ts";
import { focusPanel, panelsInOrder, stepPanel } from "./panels.ts";

export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  [said("F6"), said("next panel; after the last, out of the page")],
  [said("Shift F6"), said("previous panel")],
  [said("Ctrl Shift 1–9"), said("panel by number")],
  [said("Ctrl `"), said("terminal, and back")],
  [said("F1"), said("all commands")],
  [said("Ctrl Enter"), said("run checks")],
  [said("Ctrl Shift Enter"), said("fill the window with this panel, and back")],
  [said("Ctrl S"), said("editor: save")],
  [said("Ctrl M"), said("editor: Tab leaves the editor")],
  [said("Esc"), said("close what is open; never leaves a lab")],
];

function chord(event: KeyboardEvent): string {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const key = digit && event.shiftKey ? "Digit" : event.code === "Backquote" ? "`" : event.key;
  return [
    event.ctrlKey || event.metaKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey ? "Shift" : "",
    key,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function toggleTerminal(bench: Bench): void {
  const inside = document.getElementById("panel-terminal")?.contains(document.activeElement) ?? false;
  if (!inside) focusPanel(bench, "terminal");
  else focusPanel(bench, bench.cameFrom.value ?? "editor");
}

function leaveTour(bench: Bench, step: number): void {
  bench.tour.leave();
  focusPanel(bench, STEPS[step]?.panel ?? "terminal");
}

function closeOne(bench: Bench): boolean {
  if (bench.dialog.value) bench.dialog.value = null;
  else if (bench.tour.state.value.at === "step") leaveTour(bench, bench.tour.state.value.step);
  else if (bench.drawer.value && bench.width.value === "one") bench.drawer.value = false;
  else return false;
  return true;
}

/** True when the key was the page's. */
export function handleKey(bench: Bench, event: KeyboardEvent): boolean {
  switch (chord(event)) {
    case "F6":
      return stepPanel(bench, 1);
    case "Shift F6":
      return stepPanel(bench, -1);
    case "Ctrl Shift Digit": {
      const id = panelsInOrder(bench)[Number(event.code.slice(5)) - 1];
      if (id) focusPanel(bench, id);
      return id !== undefined;
    }
    case "Ctrl `":
      toggleTerminal(bench);
      return true;
    case "F1":
      bench.dialog.value = "commands";
      return true;
    case "Ctrl Enter":
      void runChecks(bench);
      return true;
    case "Ctrl Shift Enter":
      bench.full.value = bench.full.value ? null : (bench.active.value ?? "terminal");
      return true;
    case "Escape":
      return closeOne(bench);
    default:
      return false;
  }
}

/** Listens in the capture phase: the editor binds some of the same keys. */
export function listenForKeys(bench: Bench): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.isComposing || !handleKey(bench, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("keydown", listen, true);
  return () => window.removeEventListener("keydown", listen, true);
}
