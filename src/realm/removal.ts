/** Takes away what a world must not reach: network, other code, storage, the host's process. */

/** Ways out of a browser worker or a worker_thread. */
export const REMOVED = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "RTCPeerConnection",
  "importScripts",
  "indexedDB",
  "caches",
  "cookieStore",
  "localStorage",
  "sessionStorage",
  "BroadcastChannel",
  "SharedWorker",
  "Worker",
  "FileSystemFileHandle",
  "showOpenFilePicker",
  "CompressionStream",
  "DecompressionStream",
  "Request",
  "Notification",
  "open",
  "process",
] as const;

type Globals = Record<string, unknown>;

export function removeAmbient(globals: Globals): void {
  const keep = globals["Request"];
  for (const name of REMOVED) remove(globals, name);
  // Request and Response are plain values here: the forge's smart protocol speaks them, nothing sends them.
  if (keep) Object.defineProperty(globals, "Request", { value: keep, configurable: false, writable: false });
  remove(globals, "navigator");
  removeDynamicCode(globals);
}

/** Deletes a global, also from the prototypes that a host keeps it on; an own undefined hides what cannot be deleted. */
function remove(globals: Globals, name: string): void {
  for (
    let holder: Globals | null = globals;
    holder;
    holder = Object.getPrototypeOf(holder) as Globals | null
  ) {
    Reflect.deleteProperty(holder, name);
  }
  if (globals[name] !== undefined) {
    Object.defineProperty(globals, name, { value: undefined, configurable: false, writable: false });
  }
}

/** `eval`, `Function` and its siblings, also through `(function(){}).constructor`. */
function removeDynamicCode(globals: Globals): void {
  const refuse = function (): never {
    throw new EvalError("Code generation from strings is disallowed in a LeakLab world");
  };
  const samples = [function () {}, async function () {}, function* () {}, async function* () {}];
  for (const sample of samples) {
    const prototype = Object.getPrototypeOf(sample) as object;
    Object.defineProperty(prototype, "constructor", { value: refuse, configurable: false, writable: false });
  }
  refuse.prototype = Function.prototype;
  Object.defineProperty(globals, "Function", { value: refuse, configurable: false, writable: false });
  Object.defineProperty(globals, "eval", { value: refuse, configurable: false, writable: false });
}
