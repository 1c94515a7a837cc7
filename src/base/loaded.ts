/** Code that loads when it is first needed. */

/**
 * Asking again for a module that is there takes its way through the loader each time; who asks at every command or
 * request keeps it. What could not be loaded is asked for again.
 */
export function loadedOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: { readonly value: T } | undefined;
  return async () => (loaded ??= { value: await load() }).value;
}
