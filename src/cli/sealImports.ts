/**
 * Closes the last door of a worker_thread: `import()` is syntax, which no realm can take away. A world has no way to
 * run code from text; should it find one, it gets the bundle's own chunks and no module of the host.
 */
import { registerHooks, type ResolveHookSync } from "node:module";

/** From here on, this thread imports nothing that lies outside the folder of `entry` (a file: URL). */
export function sealImports(entry: string): void {
  const home = new URL(".", entry).href;
  // Commands are imported each time they run: looking for a chunk again costs more than most of them.
  const known = new Map<string, ReturnType<ResolveHookSync>>();
  registerHooks({
    resolve: (specifier, context, next) => {
      const key = `${specifier}\n${context.parentURL}`;
      const before = known.get(key);
      if (before) return before;
      const found = next(specifier, context);
      if (!found.url.startsWith(home)) throw new Error("A world imports no module of its host");
      known.set(key, { ...found, shortCircuit: true });
      return found;
    },
  });
}
