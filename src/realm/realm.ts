/**
 * Makes a worker deterministic. Installed before any library is imported, in browser workers and in Node's
 * worker_threads alike: time, chance, locale and time zone become the world's, and network, dynamic code and storage
 * are taken away. Nothing outside such a worker is ever patched.
 *
 * The realm is the one deliberate piece of global state of the core: globals are what it exists to replace.
 */
import { RealmClock, type RealmSource } from "./clock.ts";
import { installDate } from "./date.ts";
import { installLocale } from "./locale.ts";
import { removeAmbient } from "./removal.ts";
import { installRequire } from "./require.ts";

export interface Realm {
  /** From here on, time and chance are this source's. Returns the source of before. */
  enter(source: RealmSource): RealmSource;
  /** The host's own timers and message channel, for the host part of the worker only. */
  readonly native: NativeTimers;
}

export interface NativeTimers {
  setTimeout(callback: () => void, ms: number): unknown;
  performanceNow(): number;
}

/** Before any world exists: a fixed time and no chance, so that import order can never matter. */
const nowhere: RealmSource = { now: () => 0, uint32: () => 0 };

type Globals = Record<string, unknown>;

export function installRealm(globals: Globals): Realm {
  const setTimer = (globals["setTimeout"] as typeof setTimeout).bind(globalThis);
  const performanceObject = globals["performance"] as Performance;
  const native: NativeTimers = {
    setTimeout: (callback, ms) => setTimer(callback, ms),
    performanceNow: performanceObject.now.bind(performanceObject),
  };
  const clock = new RealmClock(nowhere);
  installDate(globals, clock);
  installChance(globals, clock);
  installTimers(globals, setTimer);
  installLocale(globals);
  installRequire(globals);
  removeAmbient(globals);
  // Stacks are words of the host, and taking one costs more than most errors of a disk are worth.
  Error.stackTraceLimit = 0;
  return { enter: (source) => clock.enter(source), native };
}

function installChance(globals: Globals, clock: RealmClock): void {
  Math.random = () => clock.source.uint32() / 2 ** 32;
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = clock.source.uint32() & 0xff;
    return view;
  };
  define(globals, "crypto", { getRandomValues: fill, randomUUID: () => uuid(fill(new Uint8Array(16))) });
  define(globals, "performance", { now: () => clock.source.now(), timeOrigin: 0, mark: noop, measure: noop });
}

function noop(): void {}

function uuid(bytes: Uint8Array): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * Time does not pass while a statement runs, so a timer with a delay never fires; one without is a turn of the event
 * loop, which libraries use to let others run.
 */
function installTimers(globals: Globals, setTimer: typeof setTimeout): void {
  const schedule = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number => {
    if (!(ms > 0)) setTimer(() => callback(...args), 0);
    return 0;
  };
  define(globals, "setTimeout", schedule);
  define(globals, "setImmediate", (callback: () => void) => schedule(callback));
  define(globals, "setInterval", () => 0);
  for (const name of ["clearTimeout", "clearInterval", "clearImmediate"]) define(globals, name, noop);
}

/** Sets a global for good. */
export function define(globals: Globals, name: string, value: unknown): void {
  Object.defineProperty(globals, name, { value, configurable: false, writable: false, enumerable: false });
}
