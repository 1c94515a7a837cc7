/** A workflow run of ten jobs, from push to its end, in Node; and looking at it as a panel does. */
import type { Input } from "../../attempt/input.ts";
import { headerOf, Stage } from "../attemptRun.ts";
import { emptyLab } from "../emptyLab.ts";
import { figure, median, timed, type Figure } from "./figure.ts";

const JOBS = 10;
const ROUNDS = 5;

const line = (text: string): Input => ({ kind: "line", terminal: 1, text });

function workflow(): string {
  const jobs = Array.from(
    { length: JOBS },
    (_, i) =>
      `  job${i}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo one\n      - run: echo two\n`,
  );
  return `on: { push: { branches: [main] } }\njobs:\n${jobs.join("")}`;
}

export async function pipelineFigures(): Promise<Figure[]> {
  const stage = await Stage.open(emptyLab, headerOf(emptyLab, 1));
  const { name } = emptyLab.manifest.repository;
  try {
    for (const text of [
      "git config --global user.name Lin; git config --global user.email lin@lantern-tides.test",
      `mkdir ten; cd ten; git init -q -b main; git remote add origin https://forge.test/${name}.git; mkdir -p .github/workflows`,
      `cat > .github/workflows/ten.yml <<'END'\n${workflow()}END`,
    ])
      await done(stage, text);
    const runs: number[] = [];
    for (let i = 0; i <= ROUNDS; i++) {
      await done(stage, `echo ${i} > n; git add .; git commit -q -m ${i}`);
      // A push alone, of a branch that no workflow hears of, is taken off: what is left is the run.
      const alone = await timed(() => done(stage, `git push -q origin main:refs/heads/quiet; sleep 2m`));
      const both = await timed(() => done(stage, "git push -q origin main; sleep 2m"));
      runs.push(both - alone);
    }
    const url = `https://forge.test/api/v3/repos/${name}/actions/runs`;
    const looks: number[] = [];
    for (let i = 0; i < ROUNDS; i++)
      looks.push(await timed(() => stage.client.ask({ ask: "look", urls: [url] })));
    // The first run loads the engine.
    return [
      figure("pipeline/run-of-ten-jobs", median(runs.slice(1)), "ms", 200),
      figure("pipeline/look-at-runs", median(looks), "ms", null),
    ];
  } finally {
    await stage.end();
  }
}

async function done(stage: Stage, text: string): Promise<void> {
  const { applied, stderr } = await stage.apply(line(text));
  if (applied.exitCode !== 0) throw new Error(`bench: ${text}: ${stderr}`);
}
