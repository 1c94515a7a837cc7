/** The lab time at the right edge of a command's first row, for the eye only: the text view says it too. */
import type { IMarker, Terminal } from "@xterm/xterm";
import { textWidth } from "./cells.ts";

/** Stays with its row while it scrolls, and hides where the row has no room for it. */
export function showTime(term: Terminal, marker: IMarker, time: string): void {
  const width = time.length;
  const decoration = term.registerDecoration({ marker, anchor: "right", width, height: 1 });
  decoration?.onRender((element) => {
    if (element.textContent !== time) {
      element.textContent = time;
      element.className += " terminal-time";
      element.setAttribute("aria-hidden", "true");
    }
    const row = term.buffer.active.getLine(marker.line)?.translateToString(true) ?? "";
    element.classList.toggle("terminal-time-hidden", textWidth(row) + width + 2 > term.cols);
  });
}
