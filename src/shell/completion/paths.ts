/** Paths that begin as a word does. */
import type { Files } from "../../disk/files.ts";
import { resolvePath } from "../../disk/path.ts";
import type { User } from "../../disk/user.ts";
import type { Word } from "./words.ts";

export interface Places {
  readonly disk: Pick<Files, "list" | "stat" | "read">;
  readonly user?: User;
  readonly cwd: string;
  readonly home: string;
}

export interface PathOptions {
  readonly directoriesOnly?: boolean;
  /** Only what passes; directories end with a slash. The path is absolute. */
  accepts?(path: string, directory: boolean): boolean;
}

/** Candidates as they would be typed: with `~` kept, quoted like the word, hidden names only after a dot. */
export function pathCandidates(places: Places, word: Word, options: PathOptions = {}): string[] {
  const slash = word.text.lastIndexOf("/");
  const [shown, stem] = [word.text.slice(0, slash + 1), word.text.slice(slash + 1)];
  const folder = absolute(places, shown);
  return names(places, folder)
    .filter((name) => name.startsWith(stem) && (!name.startsWith(".") || stem.startsWith(".")))
    .flatMap((name) => {
      const path = `${folder === "/" ? "" : folder}/${name}`;
      const directory = isDirectory(places, path);
      if (options.directoriesOnly && !directory) return [];
      if (options.accepts && !options.accepts(path, directory)) return [];
      return [typed(word, `${shown}${name}${directory ? "/" : ""}`)];
    });
}

function absolute({ cwd, home }: Places, shown: string): string {
  if (shown === "") return cwd;
  return resolvePath(cwd, shown.replace(/^~(?=\/)/, home)).replace(/(.)\/$/, "$1");
}

export function names({ disk, user }: Places, folder: string): string[] {
  try {
    return disk.list(folder, user);
  } catch {
    return [];
  }
}

export function isDirectory({ disk, user }: Places, path: string): boolean {
  try {
    return disk.stat(path, { follow: true }, user).isDirectory;
  } catch {
    return false;
  }
}

/** Quoted as the word was begun; outside of quotes what the shell would read gets a backslash. */
export function typed({ quote }: Word, text: string): string {
  if (quote === "'") return `'${text.replaceAll("'", "'\\''")}${text.endsWith("/") ? "" : "'"}`;
  if (quote === '"') return `"${text.replace(/["\\$`]/g, "\\$&")}${text.endsWith("/") ? "" : '"'}`;
  const tilde = text.startsWith("~/") ? "~/" : "";
  return tilde + text.slice(tilde.length).replace(/[\s"'\\$`&|;<>()*?[\]{}!#~]/g, "\\$&");
}
