/** Runs stories on both sides, compares them line by line, and sums up per command. */
import { type MakeShell, runInLab } from "./lab.ts";
import { runReal } from "./real.ts";
import { commandsOf, type Known, type Outcome, type Story } from "./story.ts";

export interface Line {
  readonly story: Story;
  readonly text: string;
  readonly lab: Outcome;
  readonly real: Outcome;
  readonly same: boolean;
}

/** Real runs overlap, `width` at a time; those of the lab share one clock and do not. */
export async function compareStories(
  stories: readonly Story[],
  width = 3,
  makeShell?: MakeShell,
): Promise<Line[]> {
  const reals: Promise<Outcome[]>[] = [];
  const lines: Line[] = [];
  for (const [index, story] of stories.entries()) {
    for (let next = reals.length; next < Math.min(stories.length, index + width); next++) {
      reals.push(runReal(stories[next] as Story));
    }
    const [lab, real] = [await runInLab(story, makeShell), await (reals[index] as Promise<Outcome[]>)];
    story.lines.forEach((text, at) =>
      lines.push(compareLine(story, text, lab[at] as Outcome, real[at] as Outcome)),
    );
  }
  return lines;
}

function compareLine(story: Story, text: string, lab: Outcome, real: Outcome): Line {
  const same = lab.stdout === real.stdout && lab.stderr === real.stderr && lab.exitCode === real.exitCode;
  return { story, text, lab, real, same };
}

export interface Row {
  readonly command: string;
  /** Lines of the command's own stories that run it. */
  readonly cases: number;
  readonly identical: number;
  /** Cases in which real git ends with an exit code other than 0. */
  readonly errors: number;
}

/** A case is a line that runs the command that its story file is about; where no line does, each git line is one. */
export function table(lines: readonly Line[]): Row[] {
  const commands = [...new Set(lines.map((line) => line.story.command))];
  return commands.map((command) => {
    const own = lines.filter((line) => line.story.command === command);
    const named = own.filter((line) => commandsOf(line.text).includes(command));
    const cases = named.length > 0 ? named : own.filter((line) => /\bgit\b/.test(line.text));
    return {
      command,
      cases: cases.length,
      identical: cases.filter((line) => line.same).length,
      errors: cases.filter((line) => line.real.exitCode !== 0).length,
    };
  });
}

export function formatTable(rows: readonly Row[]): string {
  const total = {
    command: "all",
    cases: rows.reduce((sum, row) => sum + row.cases, 0),
    identical: rows.reduce((sum, row) => sum + row.identical, 0),
    errors: rows.reduce((sum, row) => sum + row.errors, 0),
  };
  const cell = (value: string | number) => String(value).padStart(10);
  const row = (it: Row) =>
    it.command.padEnd(18) +
    cell(it.cases) +
    cell(it.identical) +
    cell(it.errors) +
    cell(`${percent(it).toFixed(1)} %`);
  const head = "command".padEnd(18) + cell("cases") + cell("identical") + cell("errors") + cell("share");
  return [head, ...rows.map(row), row(total), ""].join("\n");
}

export function percent(row: Pick<Row, "cases" | "identical">): number {
  return row.cases === 0 ? 100 : (100 * row.identical) / row.cases;
}

/** What of the requirement no story covers: fewer than two cases, no error, or a flag that fewer than two lines use. */
export function uncovered(
  required: Readonly<Record<string, readonly string[]>>,
  lines: readonly Line[],
): string[] {
  return Object.entries(required).flatMap(([command, flags]) => {
    const own = lines.filter((line) => command === "git" || commandsOf(line.text).includes(command));
    if (own.length < 2 || !own.some((line) => line.real.exitCode !== 0)) return [command];
    const uses = (flag: string) => own.filter((line) => usesWord(line.text, flag)).length;
    return flags.filter((flag) => uses(flag) < 2).map((flag) => `${command} ${flag}`);
  });
}

/** `-p` also counts within `-qp` and `-Sword`, `--prune` within `--prune=now`. */
function usesWord(text: string, flag: string): boolean {
  const words = text.split(/[\s"';|&()]+/);
  if (!/^-[A-Za-z]$/.test(flag)) return words.some((word) => word === flag || word.startsWith(`${flag}=`));
  return words.some(
    (word) =>
      /^-[A-Za-z]/.test(word) &&
      (word.startsWith(flag) || new RegExp(`^-[a-zA-Z]*${flag.charAt(1)}[a-zA-Z]*$`).test(word)),
  );
}

export function storyName(story: Story): string {
  return `${story.command}/${story.name}`;
}

export function isKnown(known: readonly Known[], line: Line): boolean {
  return known.some((it) => it.story === storyName(line.story) && it.line === line.text);
}

/** Known differences that are gone: every such line is identical now, or no story has it. */
export function outdated(known: readonly Known[], lines: readonly Line[]): Known[] {
  return known.filter((it) => !lines.some((line) => !line.same && isKnown([it], line)));
}

/** One differing line for people: `-` is what real git gives, `+` what the lab gives. */
export function formatDifference(line: Line): string {
  const parts = [`${storyName(line.story)}\n$ ${line.text}`];
  for (const stream of ["stdout", "stderr"] as const) {
    if (line.real[stream] !== line.lab[stream])
      parts.push(`  ${stream}:\n${diff(line.real[stream], line.lab[stream])}`);
  }
  if (line.real.exitCode !== line.lab.exitCode)
    parts.push(`  exit: real ${line.real.exitCode}, lab ${line.lab.exitCode}`);
  return parts.join("\n");
}

/** Common head and tail are left out but for one line of context; a final line without newline is marked. */
function diff(real: string, lab: string): string {
  const split = (text: string) =>
    text.split("\n").map((line, i, all) => (i === all.length - 1 ? (line ? `${line}⏎̸` : null) : line));
  const [a, b] = [split(real), split(lab)].map((all) => all.filter((line) => line !== null)) as [
    string[],
    string[],
  ];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const show = (mark: string, all: string[]) =>
    all.slice(0, 40).map((line) => `    ${mark} ${visible(line)}`);
  return [
    ...show(" ", a.slice(Math.max(0, head - 1), head)),
    ...show("-", a.slice(head, a.length - tail)),
    ...show("+", b.slice(head, b.length - tail)),
    ...show(" ", a.slice(a.length - tail, a.length - tail + 1)),
  ].join("\n");
}

function visible(line: string): string {
  return line.replace(
    /[\u0000-\u0008\u000b-\u001f]/g,
    (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
