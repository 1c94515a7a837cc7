/** What a shell and its commands ask of the person in front of the terminal. Declared here, answered from above. */
export interface Terminal {
  /** True where a person sits in front of it; git then opens its editor where it would on a terminal. */
  readonly attended?: boolean;
  /** Shows output of the statement in progress, in order. */
  write(stream: "stdout" | "stderr", text: string): void;
  /** Waits for one line; null is end of file. The clock stands still meanwhile. */
  readLine(prompt: string, options?: { readonly silent?: boolean }): Promise<string | null>;
  /** Opens a file in the editor and waits until it is closed; saving meanwhile writes the file. */
  edit(path: string): Promise<void>;
  /** Marks the output of the running statement as something a pager shows (`git log`, `less`). */
  page(): void;
  /** Clears the screen. */
  clear(): void;
  /** Whether what the running command prints goes to the screen, not into a pipe or a file: isatty(1). Absent: never. */
  direct?(): boolean;
}

/** A terminal with nobody in front of it: scripts played without answers, hooks, rehearsals. */
export const unattended: Terminal = {
  write: () => undefined,
  readLine: () => Promise.resolve(null),
  edit: () => Promise.resolve(),
  page: () => undefined,
  clear: () => undefined,
};
