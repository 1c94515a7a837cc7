/** The first minute: six places of the workbench, and what happens there. */
import { said } from "../text/said.ts";

export interface TourStep {
  readonly panel: "brief" | "clock" | "terminal" | "editor" | "graph" | "checks";
  readonly title: string;
  readonly text: string;
}

export const STEPS: readonly TourStep[] = [
  {
    panel: "brief",
    title: said("What happened, and what to do"),
    text: said("The story and your tasks. Read as long as you like, nothing moves meanwhile."),
  },
  {
    panel: "clock",
    title: said("This strip is the clock"),
    text: said("It moves 15 seconds for each command, and never while you read."),
  },
  {
    panel: "terminal",
    title: said("A shell with a real repository"),
    text: said("Type git status and press Enter. Undo takes the last command back."),
  },
  {
    panel: "editor",
    title: said("Files, the forge and the people"),
    text: said("The tabs hold the editor and the other tools of this lab."),
  },
  {
    panel: "graph",
    title: said("What git still keeps"),
    text: said("Branches stand above the line. What no branch leads to stands below it."),
  },
  {
    panel: "checks",
    title: said("Ask whenever you like"),
    text: said("Run checks as often as you want. A check that fails says where and why."),
  },
];
