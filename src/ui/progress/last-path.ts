/** The path that was opened last: a lab can stand on several, and the header names one. */
const KEY = "leaklab/path";

export function readLastPath(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function keepLastPath(path: string): void {
  try {
    localStorage.setItem(KEY, path);
  } catch {
    // The next lab asks its address.
  }
}
