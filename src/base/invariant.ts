/** A mistake of a programmer of LeakLab, never of a learner or an author. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** Stops when something that cannot be is. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Marks a switch as exhaustive: the compiler complains when a case is missing. */
export function unreachable(value: never): never {
  throw new InvariantError(`unreachable: ${String(value)}`);
}
