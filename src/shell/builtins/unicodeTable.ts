/** A Unicode table of just-bash's regular expressions, as packing.ts has packed it. */

/** Codes up to this one end a number, the others begin or continue one. */
export const LAST = { from: 35, count: 57 };
export const EARLIER = { from: 93, count: 34 };

/** First code point, last code point and stride of each range. */
export function unpackTable(text: string): Uint32Array {
  const numbers: number[] = [];
  let number = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= EARLIER.from) number = number * EARLIER.count + code - EARLIER.from;
    else {
      numbers.push(number * LAST.count + code - LAST.from);
      number = 0;
    }
  }
  return rangesOf(numbers);
}

/** A range is the gap before it, twice how often its stride fits, and, where that is odd, the stride. */
function rangesOf(numbers: readonly number[]): Uint32Array {
  const table: number[] = [];
  let high = 0;
  for (let i = 0; i < numbers.length;) {
    const low = high + (numbers[i++] as number);
    const steps = numbers[i++] as number;
    const stride = steps % 2 === 1 ? (numbers[i++] as number) : 1;
    high = low + (steps >> 1) * stride;
    table.push(low, high, stride);
  }
  return new Uint32Array(table);
}
