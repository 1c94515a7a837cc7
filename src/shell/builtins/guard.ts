/** The filesystem as one command of a shell has it: gone as soon as the command has been given up. */
import type { IFileSystem } from "just-bash/browser";

/**
 * just-bash copies every value that a command takes from its context, member by member, and `git status` asks for
 * thousands. The disk gives out nothing that it keeps, so only the check remains.
 * @param check throws where the command may no longer use its context
 */
export function guardedFs(fs: IFileSystem, check: () => void): IFileSystem {
  const bound = new Map<PropertyKey, unknown>();
  return new Proxy(fs, {
    get(_target, name) {
      check();
      if (!bound.has(name)) bound.set(name, guarded(fs, name, check));
      return bound.get(name);
    },
  });
}

function guarded(fs: IFileSystem, name: PropertyKey, check: () => void): unknown {
  const member = Reflect.get(fs, name) as unknown;
  if (typeof member !== "function") return member;
  return (...args: unknown[]) => {
    check();
    const result = Reflect.apply(member, fs, args) as unknown;
    if (!(result instanceof Promise)) return result;
    return result.then((value: unknown) => {
      check();
      return value;
    });
  };
}
