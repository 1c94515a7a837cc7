/**
 * `umask`, and a filesystem on which new files get the shell's mask.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/umask.html
 */
import type { IFileSystem } from "just-bash/browser";
import { type BuiltinResult, type BuiltinState, said } from "./state.ts";

/** What the disk itself takes away. */
const DEFAULT = 0o022;

export function umask(state: BuiltinState, args: readonly string[]): BuiltinResult {
  const flags = args.filter((arg) => arg === "-S" || arg === "-p");
  const [mode, ...more] = args.filter((arg) => arg !== "-S" && arg !== "-p" && arg !== "--");
  if (mode?.startsWith("-") || more.length > 0) {
    const text = more.length > 0 ? "" : `bash: umask: ${mode}: invalid option\n`;
    return said("", `${text}umask: usage: umask [-p] [-S] [mode]\n`, 2);
  }
  if (mode === undefined)
    return said(
      `${flags.includes("-p") ? "umask " : ""}${shown(state.umask ?? DEFAULT, flags.includes("-S"))}\n`,
    );
  const next = /^\d/.test(mode) ? octal(mode) : symbolic(mode, state.umask ?? DEFAULT);
  if (typeof next === "string") return said("", `bash: umask: ${next}\n`, 1);
  state.umask = next;
  return said(flags.includes("-S") ? `${shown(next, true)}\n` : "");
}

function shown(mask: number, symbols: boolean): string {
  if (!symbols) return mask.toString(8).padStart(4, "0");
  const bits = (shift: number) =>
    ["r", "w", "x"].filter((_, i) => ((mask >> shift) & (4 >> i)) === 0).join("");
  return `u=${bits(6)},g=${bits(3)},o=${bits(0)}`;
}

function octal(text: string): number | string {
  return /^[0-7]{1,4}$/.test(text) ? Number.parseInt(text, 8) & 0o777 : `${text}: octal number out of range`;
}

function symbolic(text: string, mask: number): number | string {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(",")) {
    const parts = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (!parts) return `\`${clause.charAt(0)}': invalid symbolic mode operator`;
    const [, who = "", operator, what = ""] = parts;
    const bits = [...what].reduce((sum, bit) => sum | { r: 0o444, w: 0o222, x: 0o111 }[bit as "r"], 0);
    const scope = [...(who || "a")].reduce(
      (sum, one) => sum | { u: 0o700, g: 0o070, o: 0o007, a: 0o777 }[one as "u"],
      0,
    );
    if (operator === "+") allowed |= bits & scope;
    else if (operator === "-") allowed &= ~(bits & scope);
    else allowed = (allowed & ~scope) | (bits & scope);
  }
  return ~allowed & 0o777;
}

/** Operations that may create what they name, and the mode it is asked for. */
const CREATING = { writeFile: 0o666, appendFile: 0o666, mkdir: 0o777 } as const;

/** The filesystem as a shell with its own mask has it; the state is read at each creation. */
export function maskedFs(fs: IFileSystem, state: BuiltinState): IFileSystem {
  const bound = new Map<PropertyKey, unknown>();
  const make = (name: PropertyKey) => {
    const member = Reflect.get(fs, name) as unknown;
    if (typeof member !== "function") return member;
    const method = (...args: unknown[]) => Reflect.apply(member, fs, args) as unknown;
    return name in CREATING ? creating(fs, state, name as keyof typeof CREATING, method) : method;
  };
  return new Proxy(fs, {
    get(_target, name) {
      if (!bound.has(name)) bound.set(name, make(name));
      return bound.get(name);
    },
  });
}

function creating(
  fs: IFileSystem,
  state: BuiltinState,
  name: keyof typeof CREATING,
  method: (...args: unknown[]) => unknown,
) {
  return async (path: string, ...rest: unknown[]) => {
    const mask = state.umask ?? DEFAULT;
    if (mask === DEFAULT || (await fs.exists(path))) return method(path, ...rest);
    const made = [path, ...(name === "mkdir" ? await missingAbove(fs, path) : [])];
    const result = await method(path, ...rest);
    for (const one of made) await fs.chmod(one, CREATING[name] & ~mask);
    return result;
  };
}

/** What `mkdir -p` makes on its way. */
async function missingAbove(fs: IFileSystem, path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let parent = above(path); parent !== "" && !(await fs.exists(parent)); parent = above(parent))
    missing.push(parent);
  return missing;
}

function above(path: string): string {
  return path.replace(/\/+$/, "").slice(0, path.lastIndexOf("/"));
}
