/** The lab time at the right edge of a command, for the eye only: the text view says it too. */
import type { IBuffer, IMarker, Terminal } from "@xterm/xterm";
import { textWidth } from "./cells.ts";

/** Of a line that goes on in the next rows, the last one. */
function lastRow(active: IBuffer, first: number): number {
  let row = first;
  while (active.getLine(row + 1)?.isWrapped === true) row++;
  return row;
}

/** Stays with its command while it scrolls, and hides where the command's last row has no room for it. */
export function showTime(term: Terminal, marker: IMarker, time: string): void {
  const width = time.length;
  const decoration = term.registerDecoration({ marker, anchor: "right", width, height: 1 });
  decoration?.onRender((element) => {
    if (element.textContent !== time) {
      element.textContent = time;
      element.className += " terminal-time";
      element.setAttribute("aria-hidden", "true");
    }
    const { active } = term.buffer;
    const last = lastRow(active, marker.line);
    const row = active.getLine(last)?.translateToString(true) ?? "";
    const fits = last < active.viewportY + term.rows && textWidth(row) + width + 2 <= term.cols;
    element.style.translate = `0 ${(last - marker.line) * 100}%`;
    element.classList.toggle("terminal-time-hidden", !fits);
  });
}
