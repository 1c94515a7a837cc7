/** The log of one step: lines with their virtual time, hidden where the masker hides, on the forge's disk. */
import type { Disk } from "../../disk/disk.ts";
import type { Masker } from "../masking.ts";

export class StepLog {
  readonly #masker: Masker;
  readonly #now: () => number;
  readonly #lines: string[] = [];

  /** `now`: ms since 1970, with what the step has waited. */
  constructor(masker: Masker, now: () => number) {
    this.#masker = masker;
    this.#now = now;
  }

  /** One or more lines, without the last line end. */
  write(text: string): void {
    const time = logTime(this.#now());
    for (const line of this.#masker.mask(text).split("\n")) this.#lines.push(`${time} ${line}`);
  }

  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  /** Adds what was written to the file. */
  save(disk: Disk, path: string): void {
    disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    if (disk.exists(path)) disk.append(path, this.text);
    else disk.write(path, this.text);
  }
}

/** "2026-03-03T09:00:10.0000000Z". */
export function logTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "0000Z");
}
