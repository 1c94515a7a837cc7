/** Names and numbers of signals on Linux. @see https://man7.org/linux/man-pages/man7/signal.7.html */
const NAMES =
  "EXIT HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split(
    " ",
  );

/** Number of a signal given as `TERM`, `SIGTERM`, `term` or `15`; null where there is none. 0 is EXIT. */
export function signalNumber(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text) < NAMES.length ? Number(text) : null;
  const at = NAMES.indexOf(text.toUpperCase().replace(/^SIG/, ""));
  return at < 0 ? null : at;
}

/** `TERM` for 15. */
export function signalName(number: number): string | null {
  return NAMES[number] ?? null;
}

/** The table of `kill -l` and `trap -l`. */
export function signalTable(): string {
  const cells = NAMES.slice(1).map((name, i) => `${String(i + 1).padStart(2)}) SIG${name}`);
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += 5) rows.push(cells.slice(i, i + 5).join("\t"));
  return `${rows.join("\n")}\n`;
}
