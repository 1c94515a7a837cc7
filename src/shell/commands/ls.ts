/** `ls`, `dir`: one name per line, as GNU ls prints where nothing tells it how wide the terminal is. @see https://www.gnu.org/software/coreutils/ls */
import type { Command, ExecResult } from "just-bash/browser";
import { accounts } from "./lib/accounts.ts";
import { type Context, gnuCommand, pathOf, result, type Stat, statOf, usage } from "./lib/invocation.ts";
import { modeText } from "./lib/mode.ts";
import type { Options } from "./lib/options.ts";

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
  readonly target?: string;
}

const TABLE = {
  short: "aAldR1rtShFpinmQZgGosUXvkxCbBLH",
  long: {
    all: "a",
    "almost-all": "A",
    directory: "d",
    recursive: "R",
    reverse: "r",
    "human-readable": "h",
    inode: "i",
    "numeric-uid-gid": "n",
    "quote-name": "Q",
    size: "s",
    "no-group": "G",
    "group-directories-first": "dirs",
    "color::": "color",
    "time-style:": "time-style",
    "full-time": "full-time",
    "sort:": "sort",
    "indicator-style:": "indicator",
    classify: "F",
  },
};

export function lsCommands(now: () => number): Command[] {
  return ["ls", "dir"].map((name) =>
    gnuCommand(name, TABLE, (options, context) => new Listing(options, context, now()).run(), 2),
  );
}

class Listing {
  readonly #options: Options;
  readonly #context: Context;
  readonly #nowMs: number;
  #stdout = "";
  #stderr = "";
  #exitCode = 0;
  #uids = new Map<string, number>();

  constructor(options: Options, context: Context, nowMs: number) {
    this.#options = options;
    this.#context = context;
    this.#nowMs = nowMs;
  }

  async run(): Promise<ExecResult> {
    const color = this.#options.value("color");
    if (color !== undefined && !/^(|always|yes|force|auto|tty|if-tty|never|no|none)$/.test(color)) {
      return usage("ls", `invalid argument '${color}' for '--color'`, 2);
    }
    this.#uids = new Map((await accounts(this.#context)).map(({ name, uid }) => [name, uid]));
    const operands = this.#options.operands.length > 0 ? this.#options.operands : ["."];
    const { files, directories } = await this.#sortedOut(operands);
    if (files.length > 0) await this.#print(files, false);
    const titled = operands.length > 1 || this.#options.has("R");
    for (const directory of directories) await this.#directory(directory, titled, 2);
    return result(this.#stdout, this.#stderr, this.#exitCode);
  }

  async #sortedOut(operands: readonly string[]) {
    const files: Entry[] = [];
    const directories: Entry[] = [];
    for (const name of operands) {
      const follow = !this.#long || name.endsWith("/") || this.#options.has("L", "H");
      const entry =
        (follow ? await this.#entry(name, name, true) : null) ?? (await this.#entry(name, name, false));
      if (entry === null) this.#complain(`cannot access '${name}': ${this.#reason}`, 2);
      else if (entry.stat.isDirectory && !this.#options.has("d")) directories.push(entry);
      else files.push(entry);
    }
    return { files: this.#sorted(files), directories: this.#sorted(directories) };
  }

  #reason = "";

  async #entry(name: string, path: string, follow: boolean): Promise<Entry | null> {
    const stat = await statOf(this.#context, pathOf(this.#context, path), follow || this.#options.has("L"));
    if (typeof stat === "string") {
      this.#reason = stat;
      return null;
    }
    if (!stat.isSymbolicLink) return { name, path, stat };
    return { name, path, stat, target: await this.#context.fs.readlink(pathOf(this.#context, path)) };
  }

  get #long(): boolean {
    return this.#options.has("l", "n", "g", "o", "full-time");
  }

  #complain(message: string, exitCode: number): void {
    this.#stderr += `ls: ${message}\n`;
    this.#exitCode = Math.max(this.#exitCode, exitCode);
  }

  /** What was asked for and cannot be opened is worse (2) than what lies below (1). */
  async #directory(directory: Entry, titled: boolean, exitCode = 1): Promise<void> {
    let names: string[];
    try {
      names = await this.#context.fs.readdir(pathOf(this.#context, directory.path));
    } catch (error) {
      const { reason = "Permission denied" } = error as { reason?: string };
      return this.#complain(`cannot open directory '${directory.path}': ${reason}`, exitCode);
    }
    const below = (name: string) =>
      directory.path === "/" ? `/${name}` : `${directory.path.replace(/\/$/, "")}/${name}`;
    const { has } = this.#options;
    const visible = has("a")
      ? [".", "..", ...names]
      : names.filter((name) => has("A") || !name.startsWith("."));
    const entries: Entry[] = [];
    for (const name of visible) {
      const entry = await this.#entry(name, below(name), false);
      if (entry) entries.push(entry);
      else this.#complain(`cannot access '${below(name)}': ${this.#reason}`, 1);
    }
    if (titled) this.#stdout += `${this.#stdout ? "\n" : ""}${directory.path}:\n`;
    const sorted = this.#sorted(entries);
    await this.#print(sorted, true);
    if (!has("R")) return;
    for (const entry of sorted) {
      if (entry.stat.isDirectory && entry.name !== "." && entry.name !== "..")
        await this.#directory(entry, true);
    }
  }

  #sorted(entries: readonly Entry[]): Entry[] {
    const { has, value } = this.#options;
    const sort =
      value("sort") ??
      (has("t") ? "time" : has("S") ? "size" : has("X") ? "extension" : has("U") ? "none" : "name");
    const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    const extension = (entry: Entry) => /\.[^.]*$/.exec(entry.name)?.[0] ?? "";
    const keys: Record<string, (a: Entry, b: Entry) => number> = {
      time: (a, b) => b.stat.mtime.getTime() - a.stat.mtime.getTime() || byName(a, b),
      size: (a, b) => sizeOf(b) - sizeOf(a) || byName(a, b),
      extension: (a, b) =>
        extension(a) < extension(b) ? -1 : extension(a) > extension(b) ? 1 : byName(a, b),
      none: () => 0,
    };
    const order = [...entries].sort(keys[sort] ?? byName);
    if (has("r")) order.reverse();
    if (!has("dirs")) return order;
    return [...order.filter((it) => it.stat.isDirectory), ...order.filter((it) => !it.stat.isDirectory)];
  }

  async #print(entries: readonly Entry[], inDirectory: boolean): Promise<void> {
    const { has } = this.#options;
    if (this.#long) return this.#printLong(entries, inDirectory);
    const names = entries.map((entry) => this.#prefix(entry) + this.#shown(entry));
    if (has("m")) this.#stdout += `${names.join(", ")}\n`;
    else this.#stdout += names.map((name) => `${name}\n`).join("");
  }

  #prefix({ stat }: Entry): string {
    const { has } = this.#options;
    return (
      (has("i") ? `${stat.ino ?? 1} ` : "") + (has("s") ? `${blocks(stat)} ` : "") + (has("Z") ? "? " : "")
    );
  }

  #shown({ name, stat }: Entry): string {
    const { has } = this.#options;
    const quoted = has("Q") ? `"${name.replace(/["\\]/g, "\\$&")}"` : name;
    const indicator = this.#options.value("indicator");
    const classify = has("F") || indicator === "classify";
    const slash = stat.isDirectory && (classify || has("p") || indicator === "slash") ? "/" : "";
    const mark =
      !classify || slash
        ? slash
        : stat.isSymbolicLink
          ? this.#long
            ? ""
            : "@"
          : stat.isFile && stat.mode & 0o111
            ? "*"
            : "";
    return this.#coloured(quoted, stat) + mark;
  }

  #coloured(name: string, stat: Stat): string {
    const wanted = this.#options.value("color");
    if (wanted === undefined || !/^(|always|yes|force)$/.test(wanted)) return name;
    const code = stat.isDirectory
      ? "01;34"
      : stat.isSymbolicLink
        ? "01;36"
        : stat.isFile
          ? stat.mode & 0o111
            ? "01;32"
            : ""
          : "40;33;01";
    if (!code) return name;
    const start = this.#stdout.includes("\u001b[0m") ? "" : "\u001b[0m";
    return `${start}\u001b[${code}m${name}\u001b[0m`;
  }

  async #printLong(entries: readonly Entry[], inDirectory: boolean): Promise<void> {
    const rows: string[][] = [];
    for (const entry of entries) rows.push(await this.#row(entry));
    if (inDirectory) this.#stdout += `total ${this.#total(entries)}\n`;
    const widths = [0, 1, 2, 3, 4].map((i) => Math.max(0, ...rows.map((row) => (row[i] as string).length)));
    const { has } = this.#options;
    entries.forEach((entry, i) => {
      const [links, owner, group, size, date] = rows[i] as [string, string, string, string, string];
      const cells = [
        modeText(entry.stat),
        links.padStart(widths[0] as number),
        ...(has("g") ? [] : [owner.padEnd(widths[1] as number)]),
        ...(has("o", "G") ? [] : [group.padEnd(widths[2] as number)]),
        size.padStart(widths[3] as number),
        date.padStart(widths[4] as number),
        this.#shown(entry) + (entry.target === undefined ? "" : ` -> ${entry.target}`),
      ];
      this.#stdout += `${this.#prefix(entry)}${cells.join(" ")}\n`;
    });
  }

  async #row(entry: Entry): Promise<string[]> {
    const owner = entry.stat.owner ?? "user";
    const who = this.#options.has("n") ? String(this.#uids.get(owner) ?? 0) : owner;
    const size = this.#options.has("h") ? human(sizeOf(entry)) : String(sizeOf(entry));
    return [String(await linksOf(this.#context, entry)), who, who, size, this.#date(entry.stat.mtime)];
  }

  #total(entries: readonly Entry[]): string {
    const sum = entries.reduce((total, entry) => total + blocks(entry.stat), 0);
    return this.#options.has("h") ? human(sum * 1024) : String(sum);
  }

  #date(time: Date): string {
    const iso = time.toISOString();
    const style = this.#options.has("full-time")
      ? "full-iso"
      : (this.#options.value("time-style") ?? "locale");
    if (style === "long-iso") return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
    if (style === "full-iso") return `${iso.slice(0, 10)} ${iso.slice(11, 23)}000000 +0000`;
    const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
    const day = `${months[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)}`;
    const age = this.#nowMs - time.getTime();
    // Half of the Gregorian year, as coreutils counts it.
    const recent = age >= 0 && age < 31_556_952_000 / 2;
    if (style === "iso") return recent ? iso.slice(5, 16).replace("T", " ") : `${iso.slice(0, 10)} `;
    return recent ? `${day} ${iso.slice(11, 16)}` : `${day}  ${time.getUTCFullYear()}`;
  }
}

/** A directory takes a block, as on ext4. */
function sizeOf({ stat }: Entry): number {
  return stat.isDirectory ? 4096 : stat.size;
}

/** In units of 1024 bytes. */
function blocks(stat: Stat): number {
  return stat.isDirectory ? 4 : stat.isFile ? Math.ceil(stat.size / 4096) * 4 : 0;
}

async function linksOf(context: Context, { path, stat }: Entry): Promise<number> {
  if (!stat.isDirectory) return stat.nlink ?? 1;
  try {
    const entries = (await context.fs.readdirWithFileTypes?.(pathOf(context, path))) ?? [];
    return 2 + entries.filter((it) => it.isDirectory).length;
  } catch {
    return 2;
  }
}

/** 1.5K, 12M: one decimal below ten, rounded up. */
export function human(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  let value = bytes;
  let unit = -1;
  while (value >= 1024) {
    value /= 1024;
    unit += 1;
  }
  const rounded = value < 10 ? Math.ceil(value * 10) / 10 : Math.ceil(value);
  return `${rounded < 10 ? rounded.toFixed(1) : rounded}${"KMGT"[unit]}`;
}
