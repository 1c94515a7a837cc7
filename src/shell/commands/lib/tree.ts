/** Walks of a folder as archivers do them. */
import { type Context, pathOf, type Stat, statOf } from "./invocation.ts";

export interface Walked {
  /** As on the command line, joined with what is below. */
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
}

/** The file and all below it, folders first; what is excluded is left out with all below it. */
export async function* walk(
  context: Context,
  name: string,
  excluded: (name: string) => boolean = () => false,
): AsyncGenerator<Walked> {
  if (excluded(name)) return;
  const path = pathOf(context, name);
  const stat = await statOf(context, path, false);
  if (typeof stat === "string") return;
  yield { name, path, stat };
  if (!stat.isDirectory) return;
  for (const child of await context.fs.readdir(path))
    yield* walk(context, `${name.replace(/\/$/, "")}/${child}`, excluded);
}

/** A pattern of `--exclude` and of `unzip`: `*` also crosses slashes. */
export function matcher(patterns: readonly string[]): (name: string) => boolean {
  const sources = patterns.map((pattern) =>
    pattern
      .replace(/\/$/, "")
      .replace(/[.+^${}()|\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", "."),
  );
  const expressions = sources.map((source) => new RegExp(`(^|/)${source}$`));
  return (name) => expressions.some((expression) => expression.test(name.replace(/\/$/, "")));
}

/** Creates the folders above a path. */
export async function makeParents(context: Context, path: string): Promise<void> {
  const parent = path.slice(0, path.lastIndexOf("/"));
  if (parent) await context.fs.mkdir(parent, { recursive: true });
}
