/** The texts of a lab, and the rules of length and plainness that they keep. */
import type { LabFiles } from "./files.ts";
import type { LabProblem } from "./problem.ts";
import { words } from "./words.ts";

export interface Prose {
  readonly brief: string;
  /** Split at `## ` headings. */
  readonly hints: readonly string[];
  readonly debrief: string;
  readonly question: string;
  readonly cards: readonly { readonly name: string; readonly content: string }[];
}

const BRIEF_WORDS = 120;
const HINT_WORDS = 60;
/** Flesch reading ease: 55 is plain English for adults. */
const READING_EASE = 55;

/** German and others need more words for the same. */
const LONGER = 1.3;

/** Translated texts keep the rules that do not depend on English: length and the number of hints. */
export function lintTranslatedProse(files: LabFiles): LabProblem[] {
  const prose = proseOf(files);
  const add = (file: string, message: string): LabProblem => ({ file, path: "", line: 0, message });
  const longest = (limit: number) => Math.round(limit * LONGER);
  const brief = words(plain(prose.brief));
  const hints = prose.hints.map((hint) => words(plain(hint)));
  return [
    ...(brief > longest(BRIEF_WORDS)
      ? [add("brief.md", `has ${brief} words; a translated brief has at most ${longest(BRIEF_WORDS)}`)]
      : []),
    ...(files["hints.md"] !== undefined && hints.length !== 3
      ? [add("hints.md", `has ${hints.length} hints; write three, each below a line "## …"`)]
      : []),
    ...hints.flatMap((count, i) =>
      count > longest(HINT_WORDS)
        ? [
            add(
              "hints.md",
              `hint ${i + 1} has ${count} words; a translated hint has at most ${longest(HINT_WORDS)}`,
            ),
          ]
        : [],
    ),
  ];
}

export function lintProse(files: LabFiles): { prose: Prose; problems: LabProblem[] } {
  const prose = proseOf(files);
  const problems: LabProblem[] = [];
  const add = (file: string, message: string) => problems.push({ file, path: "", line: 0, message });
  const brief = words(plain(prose.brief));
  if (brief > BRIEF_WORDS) add("brief.md", `has ${brief} words; a brief has at most ${BRIEF_WORDS}`);
  if (files["hints.md"] !== undefined && prose.hints.length !== 3)
    add("hints.md", `has ${prose.hints.length} hints; write three, each below a line "## …"`);
  prose.hints.forEach((hint, i) => {
    const count = words(plain(hint));
    if (count > HINT_WORDS)
      add("hints.md", `hint ${i + 1} has ${count} words; a hint has at most ${HINT_WORDS}`);
  });
  for (const file of ["brief.md", "hints.md", "debrief.md", "question.md"]) {
    const text = files[file] ?? "";
    const ease = readingEase(plain(text));
    if (text !== "" && ease < READING_EASE)
      add(
        file,
        `has a reading ease of ${ease.toFixed(0)}; shorter words and sentences bring it to ${READING_EASE}`,
      );
  }
  return { prose, problems };
}

export function proseOf(files: LabFiles): Prose {
  const cards = Object.keys(files)
    .filter((path) => path.startsWith("cards/"))
    .sort();
  return {
    brief: files["brief.md"] ?? "",
    hints: (files["hints.md"] ?? "")
      .split(/^## .*$/m)
      .slice(1)
      .map((hint) => hint.trim()),
    debrief: files["debrief.md"] ?? "",
    question: files["question.md"] ?? "",
    cards: cards.map((path) => ({ name: path.slice("cards/".length), content: files[path] as string })),
  };
}

/** Markdown without its marks, code and links' addresses. */
export function plain(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?```/g, " ")
    .replace(/`[^`]*`/g, "it")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[#>*\-\d.\s]+/gm, "")
    .replace(/[*_]/g, "");
}

/** Flesch reading ease: https://en.wikipedia.org/wiki/Flesch%E2%80%93Kincaid_readability_tests */
export function readingEase(text: string): number {
  const sentences = text.split(/[.!?:](?:\s|$)|\n\s*\n/).filter((part) => /[A-Za-z]/.test(part)).length;
  const list = text.match(/[A-Za-z']+/g) ?? [];
  if (list.length === 0) return 100;
  const syllables = list.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 206.835 - 1.015 * (list.length / sentences) - 84.6 * (syllables / list.length);
}

/** Groups of vowels, without an e at the end that is not spoken: "name", "named" and "names", but "table" and "started". */
export function syllablesOf(word: string): number {
  const spoken = word
    .toLowerCase()
    .replace(/(?<![^aeiouy]l)e$/, "")
    .replace(/(?<![td])e(?=d$)/, "")
    .replace(/(?<![scxzg]|ch|sh)e(?=s$)/, "");
  return Math.max(1, (spoken.match(/[aeiouy]+/g) ?? []).length);
}
