/** Which build of the core this is. Attempts name it: a core never silently replays an attempt of another one. */

declare const __LEAKLAB_CORE__: string | undefined;

/** A short digest of the core's sources and of the versions of its libraries; "unbuilt" in unit tests. */
export const CORE: string = typeof __LEAKLAB_CORE__ === "string" ? __LEAKLAB_CORE__ : "unbuilt";
