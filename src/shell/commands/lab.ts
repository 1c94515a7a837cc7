/** `lab`, `clock` and `advance`: thin clients of what the attempt tells and grades, and of virtual time. */
import type { Command, ExecResult } from "just-bash/browser";
import { command, result } from "./lib/invocation.ts";

/** What a shell asks of the lab being played. Texts are for the terminal and end with a newline. */
export interface LabPort {
  brief(): string;
  status(): Promise<string>;
  check(): Promise<{ readonly text: string; readonly passed: boolean }>;
  /** The hints up to `n`, or up to the next one; refused where it is not open yet or does not exist. */
  hint(n?: number): string | { readonly refused: string };
  reset(newSeed: boolean): string;
  /** A harmless credential of a kind, for testing one's own gates. */
  canary(kind: string): { readonly text: string } | { readonly refused: string };
  exportFiles(): string;
  rehearse?(story: string): Promise<{ readonly text: string } | { readonly refused: string }>;
  timeline?(): Promise<string | { readonly refused: string }>;
  /** The statement takes no virtual time. */
  free(): void;
}

/** What `clock` and `advance` ask of virtual time. */
export interface ClockPort {
  /** ms since 1970. */
  now(): number;
  /** When the lab began, ms since 1970. */
  readonly startMs: number;
  advance(seconds: number): Promise<void>;
  /** The statement takes no virtual time of its own. */
  free(): void;
}

/** The commands that there are; without a lab they say so. */
export function labCommands(lab: LabPort | undefined, clock: ClockPort | undefined): Command[] {
  return [
    command("lab", async (args) => {
      if (!lab) return result("", "lab: no lab is being played here\n", 1);
      lab.free();
      return runLab(lab, args);
    }),
    command("clock", (args) => {
      if (!clock) return result("", "clock: there is no virtual clock here\n", 1);
      clock.free();
      return args.length > 0 ? result("", "usage: clock\n", 2) : result(clockText(clock));
    }),
    command("advance", async (args) => {
      if (!clock) return result("", "advance: there is no virtual clock here\n", 1);
      clock.free();
      const seconds = duration(args);
      if (seconds === null)
        return result("", "usage: advance DURATION   (30s, 10m, 2h, 1d; at most 30d)\n", 2);
      await clock.advance(seconds);
      return result(clockText(clock));
    }),
  ];
}

export const LAB_SUBCOMMANDS = [
  "brief",
  "canary",
  "check",
  "export",
  "hint",
  "rehearse",
  "reset",
  "status",
  "timeline",
] as const;

const USAGE = `usage: lab COMMAND

  brief              what happened, and what to do
  status             how far you are
  check              grade what is there now
  hint [N]           the next hint, or hint N; the grade tells how many you opened
  canary KIND        a harmless credential for testing your own gates
  export             the files that you may take home
  reset [--new-seed] start again, with other values if you like
  rehearse [STORY]   play a story in a copy of this world; without one, which there are
  timeline           what really happened, once the lab is passed

None of these takes virtual time.
`;

async function runLab(lab: LabPort, [name, ...args]: readonly string[]): Promise<ExecResult> {
  if (name === undefined || name === "help" || name === "--help") return result(USAGE);
  const run = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!run) return result("", `lab: '${name}' is not a lab command. See 'lab help'.\n`, 2);
  return run(lab, args);
}

type LabCommand = (lab: LabPort, args: readonly string[]) => Promise<ExecResult> | ExecResult;

const COMMANDS: Readonly<Record<string, LabCommand>> = {
  brief: (lab, args) => (args.length > 0 ? wrong("brief") : result(ended(lab.brief()))),
  status: async (lab, args) => (args.length > 0 ? wrong("status") : result(ended(await lab.status()))),
  check: async (lab, args) => {
    if (args.length > 0) return wrong("check");
    const { text, passed } = await lab.check();
    return result(ended(text), "", passed ? 0 : 1);
  },
  hint: (lab, args) => {
    const [number] = args;
    if (args.length > 1 || (number !== undefined && !/^[1-9]\d?$/.test(number))) return wrong("hint [N]");
    return told(lab.hint(number === undefined ? undefined : Number(number)));
  },
  reset: (lab, args) => {
    if (args.length > 1 || (args.length === 1 && args[0] !== "--new-seed"))
      return wrong("reset [--new-seed]");
    return result(ended(lab.reset(args.length === 1)));
  },
  canary: (lab, args) => (args.length === 1 ? told(lab.canary(args[0] as string)) : wrong("canary KIND")),
  export: (lab, args) => (args.length > 0 ? wrong("export") : result(ended(lab.exportFiles()))),
  rehearse: async (lab, args) => {
    if (args.length > 1) return wrong("rehearse [STORY]");
    return told(
      lab.rehearse ? await lab.rehearse(args[0] ?? "") : { refused: "This lab has no stories to rehearse." },
    );
  },
  timeline: async (lab, args) => {
    if (args.length > 0) return wrong("timeline");
    return told(lab.timeline ? await lab.timeline() : { refused: "This lab has no timeline." });
  },
};

function wrong(usage: string): ExecResult {
  return result("", `usage: lab ${usage}\n`, 2);
}

function told(answer: string | { readonly text: string } | { readonly refused: string }): ExecResult {
  if (typeof answer === "string") return result(ended(answer));
  return "refused" in answer ? result("", ended(`lab: ${answer.refused}`), 1) : result(ended(answer.text));
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function clockText(clock: ClockPort): string {
  const time = new Date(clock.now()).toISOString();
  const minutes = Math.floor((clock.now() - clock.startMs) / 60_000);
  const since = [`${Math.floor(minutes / 1440)}d`, `${Math.floor(minutes / 60) % 24}h`, `${minutes % 60}m`];
  const from = since.findIndex((part) => !part.startsWith("0"));
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC, ${since.slice(from < 0 ? 2 : from).join(" ")} into the lab\n`;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST = 30 * 86_400;

/** `10m`, `1h 30m`, `90` (seconds); null where it is none or too long. */
function duration(args: readonly string[]): number | null {
  const parts = args.join("").match(/\d+[smhd]?/g) ?? [];
  if (parts.length === 0 || parts.join("") !== args.join("")) return null;
  const seconds = parts.reduce(
    (sum, part) => sum + Number.parseInt(part, 10) * (UNITS[part.at(-1) as string] ?? 1),
    0,
  );
  return seconds > 0 && seconds <= LONGEST ? seconds : null;
}
