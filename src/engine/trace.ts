/**
 * The trace: finds planted values that are known, in whatever coat. It undoes every transform of decoders.ts, one
 * after another, up to three deep, and searches what comes out for the plain values.
 *
 * It knows what was planted and so finds what the engine cannot; what it finds is never merged with findings.
 */
import { toLatin1 } from "../base/bytes.ts";
import { DECODERS, skeletonOf, type Decoded, type Decoder, type Step } from "./decoders.ts";
import type { PreparedNeedle } from "./needles.ts";
import type { Rewritten } from "./rewritten.ts";

export interface Hit {
  readonly credential: string;
  /** What must be undone to see the value, from the outside in; empty where it stands in the open. */
  readonly steps: readonly Step[];
  /** Byte offset; where something was decoded, of the place that decodes to the value, as near as can be told. */
  readonly offset: number;
  /** From 1; a line ends with a line feed. */
  readonly line: number;
  /** The line on which the value, or what decodes to it, ends. */
  readonly lastLine: number;
}

export interface Traced {
  /** By offset, then credential; the shortest way to see a value wins. */
  readonly hits: readonly Hit[];
  /** False where a limit of work was reached: absence is then not proven. */
  readonly complete: boolean;
}

export interface TraceLimits {
  readonly depth: number;
  /** Characters read, in all steps together, for each byte given; and a base amount. */
  readonly factor: number;
  readonly base: number;
  /** Places noted for one credential. */
  readonly hits: number;
}

export const TRACE_LIMITS: TraceLimits = { depth: 3, factor: 64, base: 8 * 2 ** 20, hits: 500 };

/** Nothing shorter can hold a value. */
const SHORTEST = 16;

interface Found {
  readonly credential: string;
  readonly steps: readonly Step[];
  readonly start: number;
  readonly end: number;
}

interface Search {
  readonly needles: readonly PreparedNeedle[];
  readonly limits: TraceLimits;
  readonly found: Found[];
  readonly counts: Map<string, number>;
  /** Characters that may still be read. */
  work: number;
  cut: boolean;
}

/** Searches bytes for needles (see prepareNeedles). Containers other than deflated streams are the caller's to open. */
export function trace(
  needles: readonly PreparedNeedle[],
  bytes: Uint8Array,
  limits: TraceLimits = TRACE_LIMITS,
): Traced {
  const text = toLatin1(bytes);
  const work = limits.base + limits.factor * text.length;
  const search: Search = { needles, limits, found: [], counts: new Map(), work, cut: false };
  if (needles.length > 0) explore(search, { text, starts: [0], origin: (offset) => offset }, []);
  return { hits: hitsOf(text, search.found), complete: !search.cut };
}

function explore(search: Search, node: Rewritten, steps: readonly Step[]): void {
  const { text } = node;
  search.work -= text.length;
  if (search.work < 0) search.cut = true;
  if (text.length < SHORTEST || search.work < 0) return;
  const left = search.limits.depth - steps.length;
  record(search, node, node, steps, "raw");
  if (left === 0) return;
  // The last step need not reverse a whole text to find a value that reads backwards.
  if (left === 1) record(search, node, node, [...steps, "reverse"], "reversed");
  const seen = [text];
  for (const decoder of DECODERS) {
    if (decoder.step === "reverse" && (left === 1 || steps.at(-1) === "reverse")) continue;
    const next = decoded(decoder, node);
    if (next?.complete === false) search.cut = true;
    if (!next || seen.includes(next.text)) continue;
    seen.push(next.text);
    explore(search, next, [...steps, decoder.step]);
  }
  // Last, so that a decoder that knows better names the step.
  record(search, node, skeletonOf(text), [...steps, "separate"], "skeleton");
}

function decoded(decoder: Decoder, node: Rewritten): Decoded | null {
  const next = decoder.decode(node.text, node.starts);
  return next && { ...next, origin: (offset) => node.origin(next.origin(offset)) };
}

type Form = "raw" | "reversed" | "skeleton";

/** Notes where needles stand in a text; `node` is the text that `view` was made from (or the same). */
function record(search: Search, node: Rewritten, view: Rewritten, steps: readonly Step[], form: Form): void {
  const inRoot = (offset: number) => (view === node ? node.origin(offset) : node.origin(view.origin(offset)));
  for (const { credential, [form]: value } of search.needles) {
    if (value === "") continue;
    let count = search.counts.get(credential) ?? 0;
    for (let at = view.text.indexOf(value); at >= 0; at = view.text.indexOf(value, at + value.length)) {
      if (count++ >= search.limits.hits) break;
      const [a, b] = [inRoot(at), inRoot(at + value.length - 1)];
      search.found.push({ credential, steps, start: Math.min(a, b), end: Math.max(a, b) + 1 });
    }
    search.counts.set(credential, count);
  }
}

/** The same value at the same place may be seen in many ways; the shortest one stays. */
function hitsOf(text: string, found: readonly Found[]): Hit[] {
  const kept: Found[] = [];
  for (const next of found.toSorted((a, b) => a.steps.length - b.steps.length)) {
    const known = kept.some(
      (hit) => hit.credential === next.credential && hit.start < next.end && next.start < hit.end,
    );
    if (!known) kept.push(next);
  }
  kept.sort((a, b) => a.start - b.start || (a.credential < b.credential ? -1 : 1));
  let line = 1;
  let from = 0;
  return kept.map(({ credential, steps, start, end }) => {
    for (let at = text.indexOf("\n", from); at >= 0 && at < start; at = text.indexOf("\n", at + 1)) {
      line++;
      from = at + 1;
    }
    const lastLine = line + text.slice(start, end - 1).split("\n").length - 1;
    return { credential, steps, offset: start, line, lastLine };
  });
}
