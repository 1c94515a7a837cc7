/** Which keys the terminal leaves to the page and the browser, and which it takes for itself rather than for the shell. */

export type Shortcut = "page" | "copy" | "find" | "larger" | "smaller" | "usual-size" | "shell";

export type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "shiftKey" | "altKey" | "metaKey">;

/**
 * Ctrl-C always interrupts, with or without a selection: a key that sometimes copies would sometimes not stop a command.
 * Ctrl-Shift-C copies. Ctrl-V pastes, as everywhere else on a page.
 */
export function shortcutOf(event: Pressed): Shortcut {
  const { key, code, ctrlKey, shiftKey, altKey, metaKey } = event;
  // F1 all commands, F6 next panel; the others are the browser's. No shell key is among them.
  if (/^F\d{1,2}$/.test(key)) return "page";
  if (key === "Tab" && shiftKey) return "page";
  if (!ctrlKey || altKey || metaKey) return "shell";
  if (key === "Enter" || code === "Backquote" || (key.toLowerCase() === "v" && !altKey)) return "page";
  if (shiftKey && /^(Digit|Numpad)\d$/.test(code)) return "page";
  if (shiftKey && key.toLowerCase() === "c") return "copy";
  if (shiftKey && key.toLowerCase() === "f") return "find";
  if (key === "+" || key === "=") return "larger";
  if (key === "-") return "smaller";
  if (key === "0") return "usual-size";
  return "shell";
}
