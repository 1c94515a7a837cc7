/** A terminal with nobody in front of it that keeps what is printed. */
import { unattended, type Terminal } from "../shell/terminal.ts";

export interface Collector {
  readonly terminal: Terminal;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Both streams, in order. */
  readonly text: () => string;
}

export function collector(): Collector {
  const parts: { readonly stream: "stdout" | "stderr"; readonly text: string }[] = [];
  const joined = (wanted?: "stdout" | "stderr") =>
    parts
      .filter(({ stream }) => wanted === undefined || stream === wanted)
      .map(({ text }) => text)
      .join("");
  return {
    terminal: { ...unattended, write: (stream, text) => void parts.push({ stream, text }) },
    stdout: () => joined("stdout"),
    stderr: () => joined("stderr"),
    text: () => joined(),
  };
}
