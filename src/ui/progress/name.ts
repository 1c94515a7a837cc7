/** The learner's name, as typed on the certificate: kept in this browser, sent nowhere. */
const KEY = "leaklab/name";

export function readName(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function keepName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // It lasts as long as the page.
  }
}
