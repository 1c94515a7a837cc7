/** Permission bits as `ls -l` and `stat` write them. */
import type { Stat } from "./invocation.ts";

export function modeText(stat: Stat): string {
  const kind = stat.isDirectory ? "d" : stat.isSymbolicLink ? "l" : stat.isFile ? "-" : "c";
  const mode = stat.isSymbolicLink ? 0o777 : stat.mode;
  const special = (bits: string, letter: string, on: boolean) =>
    on ? bits.slice(0, 2) + (bits[2] === "x" ? letter : letter.toUpperCase()) : bits;
  const triple = (shift: number) =>
    ["r", "w", "x"].map((c, i) => ((mode >> shift) & (4 >> i) ? c : "-")).join("");
  return (
    kind +
    special(triple(6), "s", (mode & 0o4000) !== 0) +
    special(triple(3), "s", (mode & 0o2000) !== 0) +
    special(triple(0), "t", (mode & 0o1000) !== 0)
  );
}
