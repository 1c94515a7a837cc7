/** What the kinds of entries are called, one and many. */
import { said } from "../text/said.ts";
import type { Kind } from "./search.ts";

export const KIND_NAMES: Readonly<Record<Kind, readonly [one: string, many: string]>> = {
  lab: [said("Lab"), said("Labs")],
  path: [said("Path"), said("Paths")],
  module: [said("Module"), said("Modules")],
  term: [said("Glossary"), said("Glossary")],
  incident: [said("Incident"), said("Incidents")],
  guide: [said("Guide"), said("Guides and pages")],
};
