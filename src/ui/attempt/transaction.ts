/** The end of a transaction. */

/**
 * A transaction whose failure is told by the requests that failed: `done` then rejects as well, and a page that does
 * not wait for it has an unhandled rejection. https://github.com/jakearchibald/idb#transaction-lifetime
 */
export function told<T extends { readonly done: Promise<void> }>(tx: T): T {
  tx.done.catch(() => {});
  return tx;
}
