/**
 * Starts the worker of a lab before anything else is loaded. It imports nothing on purpose: a script with imports
 * would wait for them first. boot.ts takes the worker from the window.
 */
const start = () => new Worker(new URL("../worker/worker.ts", import.meta.url), { type: "module" });

window.leaklab = { first: start(), start };
