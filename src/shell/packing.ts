/**
 * The Unicode tables of just-bash's regular expressions, packed. The bundle writes them out as numbers, a tenth of all
 * that loads before a first prompt; as steps from one range to the next they are half of that.
 *
 * This file runs at build time only; builtins/unicodeTable.ts is what is in a bundle.
 */
import { EARLIER, LAST, unpackTable } from "./builtins/unicodeTable.ts";

/** Only tables are handed to a constructor as they are. */
const TABLE = /(?<=new [\w$]+\()new Uint32Array\(\[([\de,]{30,})\]\)/g;

/** Fewer than there are in the version that is installed. */
const FEWEST = 100;

export function packTables(code: string): string {
  let found = 0;
  const packed = code.replace(TABLE, (_, list: string) => {
    found += 1;
    return `LeakLab.unpackTable("${packTable(list.split(",").map(Number))}")`;
  });
  if (found < FEWEST) throw new Error(`Only ${found} Unicode tables were found in just-bash.`);
  return packed;
}

function packTable(table: readonly number[]): string {
  let text = "";
  let last = 0;
  for (let i = 0; i < table.length; i += 3) {
    const [low = 0, high = 0, stride = 0] = table.slice(i, i + 3);
    const steps = 2 * Math.floor((high - low) / stride);
    text += digits(low - last) + (stride === 1 ? digits(steps) : digits(steps + 1) + digits(stride));
    last = high;
  }
  if (unpackTable(text).join() !== table.join()) throw new Error(`A table cannot be packed: ${table.join()}`);
  return text;
}

function digits(number: number): string {
  let text = String.fromCharCode(LAST.from + (number % LAST.count));
  for (let rest = Math.floor(number / LAST.count); rest > 0; rest = Math.floor(rest / EARLIER.count))
    text = String.fromCharCode(EARLIER.from + (rest % EARLIER.count)) + text;
  return text;
}
