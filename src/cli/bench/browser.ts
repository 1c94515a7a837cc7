import type { Figure } from "./figure.ts";
/** Written once the page stands. */
export async function browserFigures(): Promise<Figure[]> {
  return [];
}
