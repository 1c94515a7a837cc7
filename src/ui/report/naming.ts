/** How learners are called on screen: by name, or by number where the screen is a projector. */
import type { ClassReport } from "../../report/classReport.ts";
import type { Text } from "../text/text.ts";

export type Naming = (name: string) => string;

export function createNaming(t: Text, { learners }: ClassReport, hidden: boolean): Naming {
  if (!hidden) return (name) => name;
  const numbers = new Map(learners.map(({ name }, i) => [name, i + 1]));
  return (name) => t("Learner {n}", { n: numbers.get(name) ?? 0 });
}
