import { expect, test } from "vitest";
import { processesOn } from "../../world/servers.ts";
import { bench } from "./setting.fixture.ts";

const LOOK = String.raw`cat > ~/look.sh <<'SH'
while true; do cat /proc/[0-9]*/environ | tr '\0' '\n' | grep ^KEY= >> ~/seen; sleep 5; done
SH
`;

test("a process sees the environment of later steps of its job, and not of its own past", async () => {
  const job = await bench();
  await job.script(`${LOOK}nohup bash ~/look.sh > /dev/null 2>&1 &`, { env: { KEY: "early" } });
  await job.script("true", { env: { KEY: "late" } });
  expect((await job.script("cat ~/seen; ls /proc")).log).toMatch(/##\[endgroup\]\nKEY=late\n(?!.*\d{4})/);
});

test("it ends with its job, unless it hides from the runner", async () => {
  const job = await bench();
  const shown = () =>
    processesOn(job.world.tables, job.state.machine).map(({ command, tracked }) => [command, tracked]);
  await job.script("nohup sleep 60 & RUNNER_TRACKING_ID= setsid nohup sleep 70 &");
  expect(shown()).toEqual([
    ["sleep 60", true],
    ["sleep 70", false],
  ]);
});
