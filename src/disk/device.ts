/** What happens when a character device is read or written. A device keeps no state of its own. */
import type { DiskErrorCode } from "./error.ts";

export interface Device {
  /** One block of what the device gives; the real ones never end, this one does. */
  read(): Uint8Array;
  /** Takes bytes; an error code refuses them. */
  write(bytes: Uint8Array): DiskErrorCode | null;
}

export type Devices = Readonly<Record<string, Device>>;

/** How much /dev/zero and /dev/urandom give at a time. */
const BLOCK_BYTES = 4096;

function nothing(): Uint8Array {
  return new Uint8Array(0);
}

/**
 * The devices that every Linux has. Without a source of chance there is no random device (ENXIO): zeros would look
 * like a working one.
 * @see https://man7.org/linux/man-pages/man4/null.4.html
 */
export function standardDevices(random?: (length: number) => Uint8Array): Devices {
  const zeros = () => new Uint8Array(BLOCK_BYTES);
  const swallow = () => null;
  return {
    null: { read: nothing, write: swallow },
    zero: { read: zeros, write: swallow },
    full: { read: zeros, write: () => "ENOSPC" },
    ...(random && { random: { read: () => random(BLOCK_BYTES), write: swallow } }),
  };
}
