/** Why an input had no effect. It stays in the log: a replay refuses it in the same way. */
import type { Input, Waiting } from "./input.ts";
import type { Waits } from "./terminals.ts";

export interface Refusal {
  readonly code: "stale" | "waits" | "nobody-waits" | "not-allowed" | "nothing-to-undo";
  readonly message: string;
}

/** Why an input cannot be applied now, or null. `waits` is what the running statement waits for. */
export function refusalOf(input: Input, waits: Waits | null): Refusal | null {
  const answers = (at: Waiting | undefined) =>
    waits !== null && at !== undefined && at.terminal === waits.at.terminal && at.line === waits.at.line;
  switch (input.kind) {
    case "reply":
      return answers(input.waiting) && waits?.for === "reply"
        ? null
        : nobody("No command waits for an answer.");
    case "close":
      return answers(input.waiting) && waits?.for === "editor"
        ? null
        : nobody("No command waits for the editor.");
    case "edit":
      return !input.waiting || answers(input.waiting) ? null : nobody("No command waits for this file.");
    case "line":
    case "request":
    case "advance":
    case "undo":
      return waits && { code: "waits", message: sentence(waits) };
    case "interrupt":
    case "hint":
    case "observation":
      return null;
  }
}

function nobody(message: string): Refusal {
  return { code: "nobody-waits", message };
}

function sentence(waits: Waits): string {
  const what = waits.for === "editor" ? `close ${waits.path} in the editor` : "answer the command that asks";
  return `Terminal ${waits.at.terminal} waits: ${what} first, or press Ctrl-C there.`;
}
