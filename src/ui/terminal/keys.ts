/**
 * From what a terminal sends for a key to the key. Text arrives as it is (also from dead keys and input methods, which
 * send a whole word at once); everything else gets a name such as "ctrl-a", "alt-b", "left" or "ctrl-left".
 * Sequences: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export type Key = { readonly text: string } | { readonly name: string };

const ESC = "\u001b";
const CSI = /^\u001b\[(\d*)(?:;(\d+))?([~A-Z])/;
const SS3 = /^\u001bO([A-Z])/;
const TEXT = /^[^\u0000-\u001f\u007f]+/;

const FINAL: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
  Z: "shift-tab",
};
const TILDE: Readonly<Record<string, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "page-up",
  6: "page-down",
};
const CONTROL: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\b": "backspace",
  "\u007f": "backspace",
  "\u0000": "ctrl-space",
  [ESC]: "escape",
};

/** Modifier parameter of a CSI sequence: 1 + shift 1, alt 2, ctrl 4. */
function modified(name: string, parameter: string | undefined): string {
  const bits = parameter === undefined ? 0 : Number(parameter) - 1;
  const prefix = (bits & 4 ? "ctrl-" : "") + (bits & 2 ? "alt-" : "") + (bits & 1 ? "shift-" : "");
  return prefix + name;
}

function control(char: string): string {
  return CONTROL[char] ?? `ctrl-${String.fromCharCode(char.charCodeAt(0) + 64).toLowerCase()}`;
}

function sequence(data: string): { readonly length: number; readonly name: string } {
  const csi = CSI.exec(data);
  if (csi) {
    const [whole, number = "", modifier, final = ""] = csi;
    const name = final === "~" ? TILDE[number] : FINAL[final];
    return { length: whole.length, name: modified(name ?? "unknown", modifier) };
  }
  const ss3 = SS3.exec(data);
  if (ss3) return { length: ss3[0].length, name: FINAL[ss3[1] as string] ?? "unknown" };
  const next = String.fromCodePoint(data.codePointAt(1) ?? 0);
  if (data.length === 1 || next === ESC) return { length: 1, name: "escape" };
  const base = TEXT.test(next) ? next : control(next);
  return { length: 1 + next.length, name: `alt-${base}` };
}

/** The keys of one message from the terminal, in order. */
export function keysOf(data: string): Key[] {
  const keys: Key[] = [];
  let rest = data;
  while (rest !== "") {
    const text = TEXT.exec(rest)?.[0];
    if (text !== undefined) {
      keys.push({ text });
      rest = rest.slice(text.length);
    } else if (rest.startsWith(ESC)) {
      const { length, name } = sequence(rest);
      keys.push({ name });
      rest = rest.slice(length);
    } else {
      keys.push({ name: control(rest.charAt(0)) });
      rest = rest.slice(1);
    }
  }
  return keys;
}
