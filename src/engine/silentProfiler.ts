/**
 * Stands in for @secretlint/profiler in bundles: the profiler is on by default, costs more than the scan, and asks
 * for PerformanceObserver. @secretlint/core carries a copy of its own, which no caller can switch off.
 */
export const secretLintProfiler = {
  mark(): void {},
  setEnabled(): void {},
};
