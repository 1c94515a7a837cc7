/** What one command of a shell works with: gone as soon as the command has been given up. */
import type { CommandContext, IFileSystem } from "just-bash/browser";

/** What a command can do to its shell and to the world, besides the disk. */
const DEEDS = [
  "assignShellVariable",
  "exec",
  "execWithInheritedStdin",
  "origCommand",
  "fetch",
  "getRegisteredCommands",
  "sleep",
  "trace",
  "invokeTool",
] as const;

/**
 * just-bash copies the context that it has made for a command, member by member. It is made for this command alone, and
 * what it gives out is nobody else's: it is guarded in place.
 * @param ended makes the error of a command that goes on when it may not
 * @returns gives the command up
 */
export function guardContext(
  context: CommandContext,
  name: string,
  ended: (message: string) => Error,
): () => void {
  let given = true;
  const check = () => {
    if (!given) throw ended(`bash: ${name} used its context after cancellation\n`);
  };
  const own = context as unknown as Record<string, unknown>;
  own["fs"] = guardedFs(context.fs, check);
  for (const deed of DEEDS) {
    const act = own[deed];
    if (typeof act === "function") own[deed] = guardedAct(act as Act, check);
  }
  const abort = context.signal ? ownSignal(own, () => ended(`bash: ${name} context revoked\n`)) : null;
  return () => {
    given = false;
    abort?.();
  };
}

type Act = (...args: unknown[]) => unknown;

function guardedAct(act: Act, check: () => void): Act {
  return (...args) => {
    check();
    return act(...args);
  };
}

/** A signal that ends with the command. Few commands ask for it, and it is dear: it is made for those that do. */
function ownSignal(context: Record<string, unknown>, reason: () => Error): () => void {
  let controller: AbortController | null = null;
  let over = false;
  Object.defineProperty(context, "signal", {
    enumerable: true,
    configurable: true,
    get() {
      controller ??= new AbortController();
      if (over && !controller.signal.aborted) controller.abort(reason());
      return controller.signal;
    },
  });
  return () => {
    over = true;
    if (controller && !controller.signal.aborted) controller.abort(reason());
  };
}

/**
 * just-bash copies every value that a command takes from its context, member by member, and `git status` asks for
 * thousands. The disk gives out nothing that it keeps, so only the check remains.
 * @param check throws where the command may no longer use its context
 */
function guardedFs(fs: IFileSystem, check: () => void): IFileSystem {
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
