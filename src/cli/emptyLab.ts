/** A world with a person, a machine and a forge, and nothing to do: what `leaklab sh` plays in. */
import type { LabBundle } from "../lab/bundle.ts";

export const emptyLab: LabBundle = {
  manifest: {
    id: "empty",
    title: "An empty world",
    version: "1.0.0",
    module: "none",
    minutes: 1,
    difficulty: "easy",
    setting: "normal",
    services: ["forge", "pipeline"],
    layout: "work",
    work: ".",
    people: [],
    repository: {
      name: "lantern-tides/tides",
      description: "",
      visibility: "public",
      pushProtection: true,
      pushProtects: "everything",
      secretScanning: true,
    },
    repositories: [],
    pipeline: { stepSeconds: 10 },
    vary: {},
    credentials: [],
    stories: [],
    timetable: [],
    replies: [],
    tasks: [],
    ahead: "",
    checks: [],
    diagnoses: [],
  },
  start: { setup: "", files: {} },
  stories: {},
};
