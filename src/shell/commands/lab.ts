/** The `lab` command: a thin client of what the attempt tells and grades. */

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
  timeline?(): string | { readonly refused: string };
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
