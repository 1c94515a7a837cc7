/**
 * The terminal's colours, taken from the page's custom properties so that day, night and high contrast need no code.
 * The program's red is a rust of its own: magenta stays reserved for exposure.
 */
import type { ITheme } from "@xterm/xterm";

/** Custom property (without --) and what stands in where the page does not set it. */
const TOKENS = {
  panel: "#ffffff",
  ink: "#12212a",
  ink2: "#40525c",
  ink3: "#566771",
  action: "#0a5680",
  exposed: "#a30d58",
  pass: "#14633b",
  notyet: "#7a4e00",
  sel: "#d3e6f2",
  "action-weak": "#dcebf4",
  "rule-strong": "#71828b",
  "ansi-red": "#8c3a1c",
  "ansi-cyan": "#0b5f66",
} as const;

type Token = keyof typeof TOKENS;

/** `read` gives the value of a custom property, "" where there is none. */
export function terminalTheme(read: (property: string) => string): ITheme {
  const color = (token: Token) => read(`--${token}`).trim() || TOKENS[token];
  return {
    background: color("panel"),
    foreground: color("ink"),
    cursor: color("ink"),
    cursorAccent: color("panel"),
    selectionBackground: color("sel"),
    selectionInactiveBackground: color("action-weak"),
    selectionForeground: color("ink"),
    scrollbarSliderBackground: color("rule-strong"),
    scrollbarSliderHoverBackground: color("ink3"),
    scrollbarSliderActiveBackground: color("ink3"),
    black: color("ink"),
    ...pair("red", color("ansi-red")),
    ...pair("green", color("pass")),
    ...pair("yellow", color("notyet")),
    ...pair("blue", color("action")),
    ...pair("magenta", color("exposed")),
    ...pair("cyan", color("ansi-cyan")),
    white: color("ink2"),
    brightBlack: color("ink3"),
    brightWhite: color("ink"),
  };
}

/** A colour and its bright variant are the same: bold text shows by weight. */
function pair(name: string, color: string): ITheme {
  return { [name]: color, [`bright${name[0]?.toUpperCase()}${name.slice(1)}`]: color };
}
