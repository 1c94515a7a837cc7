/** A small lab, played in process. The realm is absent: time and chance are the world's only as far as ports carry them. */
import { parseManifest } from "../lab/parse.ts";
import type { LabBundle } from "../lab/bundle.ts";
import type { Header, Input } from "./input.ts";
import { detectSecrets } from "./detect.ts";
import { Play, type Outcome, type PlayOptions } from "./play.ts";

const MANIFEST = `id: small
title: A small lab
version: 1.0.0
module: day-one
minutes: 5
difficulty: easy
services: [forge]
work: work
repository: { name: lantern-tides/work, pushProtection: true }
credentials:
  - { id: stagingDb, kind: postgresUrl, owner: Priya, scope: staging database, variable: STAGING_DB }
tasks: [Look around.]
ahead: No known event ahead.
checks:
  - { id: index, title: No copy in the index, kind: absent, mark: clean, required: true, with: { credential: stagingDb, surfaces: [worktree, index] } }
  - { id: objects, title: No copy in objects, kind: absent, mark: clean, required: true, with: { credential: stagingDb, surfaces: [objects.reachable, stash, tags, notes, reflog, objects.unreachable, git.files] } }
diagnoses:
  - { id: W1, check: index, kind: copy-there, message: "{path} holds it.", with: { credential: stagingDb, surfaces: [worktree, index] } }
`;

const SETUP = `git config --global user.name "New Contributor"
git config --global user.email learner@lantern-tides.test
cd work
git init -q -b main
git add . && git commit -q -m "Start"
printf '%s' "$STAGING_DB" > ~/value
cd
`;

export const WORK = "/home/learner/work";

export function smallBundle(): LabBundle {
  const parsed = parseManifest(MANIFEST);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return {
    manifest: parsed.value,
    start: { setup: SETUP, files: { "work/README.md": "# Work\n" } },
    stories: {},
  };
}

const header: Header = {
  format: "leaklab-attempt/1",
  lab: "small",
  labVersion: "1.0.0",
  labDigest: "0".repeat(64),
  core: "test",
  seed: 7,
  setting: "normal",
};

export const smallOptions: PlayOptions = {
  bundle: smallBundle(),
  header,
  detect: detectSecrets,
  enter: (_world, run) => run(),
};

/** A play and short words for what is done in it. */
export async function smallPlay(play?: Play) {
  const playing = play ?? (await Play.begin(smallOptions));
  const lines = async (...texts: string[]): Promise<Outcome> => {
    let last: Outcome | undefined;
    for (const text of texts) last = await playing.step(line(text));
    return last as Outcome;
  };
  const read = (path: string) =>
    playing.present.laptop.readText(path.startsWith("/") ? path : `${WORK}/${path}`);
  return { play: playing, lines, read };
}

export function line(text: string, terminal = 1): Input {
  return { kind: "line", terminal, text };
}
