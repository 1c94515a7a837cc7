/** Everyday git commands in a large repository, beside real git on the exported one. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Input } from "../../attempt/input.ts";
import { headerOf, Stage } from "../attemptRun.ts";
import { emptyLab } from "../emptyLab.ts";
import { exportWorld } from "../exportWorld.ts";
import { figure, p95, timed, type Figure } from "./figure.ts";

const FILES = 200;
const COMMITS = 200;
const MANY = 3000;
const ROUNDS = 40;

const line = (text: string): Input => ({ kind: "line", terminal: 1, text });

export async function commandFigures(): Promise<Figure[]> {
  const stage = await Stage.open(emptyLab, headerOf(emptyLab, 1));
  try {
    await grow(stage);
    const usual = await measure(stage, FILES, {
      "git status": ["git status", 25],
      "git add": ["echo $RANDOM > dir1/file1; git add dir1/file1", 25],
      "git commit": ["git commit -q --allow-empty -m again", 25],
      "git log": ["git log", 25],
      ls: ["ls dir1", 25],
    });
    for (const text of [
      `mkdir many; for i in $(seq 1 ${MANY - FILES}); do echo $i > many/f$i; done`,
      "git add many",
      "git commit -q -m many",
    ])
      await stage.apply(line(text));
    return [...usual, ...(await measure(stage, MANY, { "git status": ["git status", 60] }))];
  } finally {
    await stage.end();
  }
}

async function grow(stage: Stage): Promise<void> {
  const lines = [
    "git config --global user.name Lin; git config --global user.email lin@lantern-tides.test",
    "git init -q -b main",
  ];
  for (let i = 0; i < FILES; i++)
    lines.push(`mkdir -p dir${i % 10}; echo "file ${i}" > dir${i % 10}/file${i}`);
  lines.push("git add .", "git commit -q -m start");
  for (let i = 1; i < COMMITS; i++)
    lines.push(`echo "change ${i}" >> dir${i % 10}/file${i % FILES}; git commit -q -a -m "change ${i}"`);
  for (const text of lines) {
    const { applied, stderr } = await stage.apply(line(text));
    if (applied.exitCode !== 0) throw new Error(`bench: ${text}: ${stderr}`);
  }
}

async function measure(
  stage: Stage,
  files: number,
  commands: Readonly<Record<string, readonly [text: string, goal: number]>>,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const folder = mkdtempSync(join(tmpdir(), "leaklab-bench-"));
  try {
    const { state } = await stage.client.ask({ ask: "snapshot" });
    exportWorld(state, join(folder, "world"));
    const real = join(folder, "world/laptop/home/learner");
    for (const [name, [text, goal]] of Object.entries(commands)) {
      const ours: number[] = [];
      for (let i = 0; i < ROUNDS; i++) ours.push(await timed(() => stage.apply(line(text))));
      const theirs = await realTimes(real, text);
      const id = `commands/${name.replace(" ", "-")}-${files}-files`;
      figures.push(
        figure(`${id}-p95`, p95(ours), "ms", goal),
        figure(`${id}-p95-to-real`, p95(ours) / p95(theirs), "ratio", null),
      );
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same line by bash and git of this machine, process start included: that is how long people wait. */
async function realTimes(cwd: string, text: string): Promise<number[]> {
  const env = {
    ...process.env,
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Lin",
    GIT_AUTHOR_EMAIL: "lin@lantern-tides.test",
    GIT_COMMITTER_NAME: "Lin",
    GIT_COMMITTER_EMAIL: "lin@lantern-tides.test",
  };
  const times: number[] = [];
  for (let i = 0; i < ROUNDS / 2; i++)
    times.push(await timed(() => spawnSync("bash", ["-c", text], { cwd, env })));
  return times;
}
