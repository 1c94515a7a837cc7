/**
 * Which tab may write an attempt. One tab holds a Web Lock; a second reads only, until it takes over.
 * https://developer.mozilla.org/docs/Web/API/LockManager/request
 */

export interface AttemptLock {
  /** True when this tab holds the lock now; `lost` is called when another tab takes it. */
  tryHold(name: string, lost: () => void): Promise<boolean>;
  /** Takes the lock from whoever holds it. */
  takeOver(name: string, lost: () => void): Promise<void>;
}

function held(locks: LockManager, name: string, options: LockOptions, lost: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    let mine = false;
    const whole = locks.request(name, options, (lock) => {
      mine = lock !== null;
      resolve(mine);
      return mine ? new Promise<never>(() => {}) : null;
    });
    whole.catch(() => (mine ? lost() : resolve(false)));
  });
}

/** Where the browser has no locks (insecure origins), the owner that the log records is the only guard. */
export function attemptLock(locks: LockManager | undefined): AttemptLock {
  if (!locks) return { tryHold: async () => true, takeOver: async () => {} };
  return {
    tryHold: (name, lost) => held(locks, name, { ifAvailable: true }, lost),
    takeOver: async (name, lost) => void (await held(locks, name, { steal: true }, lost)),
  };
}
