/** Where the panel asks. */
import type { TrailFilter } from "./cloud-place.ts";

export const CONSOLE = "https://console.amazonaws.test";

export function trailUrl({ key, user, event }: TrailFilter): string {
  const query = new URLSearchParams({ key, user, event: event.trim() });
  return `${CONSOLE}/trail?${query.toString()}`;
}
