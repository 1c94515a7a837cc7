/** npm in a step: scripts of the project and of its dependencies run there, with what the step's environment holds. */
import { expect, test } from "vitest";
import { layOut } from "../../src/disk/layout.ts";
import { bench } from "../../src/pipeline/runner/setting.fixture.ts";
import { commandNames } from "../../src/shell/commands.ts";
import { LEARNER } from "../../src/world/person.ts";
import { addUser } from "../../src/world/services/registry/registry.ts";
import { plant, sh } from "../services/bench.ts";

const HULL = {
  name: "hull",
  version: "1.0.0",
  bin: { hull: "hull.sh" },
  scripts: { postinstall: 'printf "%s" "$DEPLOY" > "$GITHUB_WORKSPACE/taken.txt"' },
};
const APP = {
  name: "app",
  version: "1.0.0",
  dependencies: { hull: "^1.0.0" },
  scripts: { preinstall: "echo from the project", build: "hull > built.txt" },
};

async function setting() {
  const job = await bench();
  const { world } = job;
  layOut(world.laptop, {
    hostname: "laptop",
    accounts: [{ name: LEARNER.login, uid: LEARNER.uid, home: LEARNER.home }],
    commands: commandNames(),
  });
  addUser(world, { name: "mina" });
  const grants = { user: "mina", scopes: "publish" };
  const { value } = plant(world, {
    id: "token",
    issuer: "registry",
    kind: "npmToken",
    owner: "mina",
    grants,
  });
  await sh(
    world,
    `echo '//registry.npm.test/:_authToken=${value}' > .npmrc; mkdir hull; cd hull; echo '${JSON.stringify(HULL)}' > package.json; printf '#!/bin/sh\\necho high water\\n' > hull.sh; npm publish`,
  );
  await job.script(`echo '${JSON.stringify(APP)}' > package.json; npm install --ignore-scripts > /dev/null`);
  return job;
}

test("npm ci runs install scripts with the step's environment, npm run finds the commands", async () => {
  const job = await setting();
  const installed = await job.script("DEPLOY=value npm ci");
  expect(installed.log).toContain("from the project");
  expect(installed.log).toContain("added 1 package, and audited 2 packages in 0s");
  const built = await job.script("npm run build; cat built.txt taken.txt");
  expect(built.log).toContain("high water\nvalue");
});

test("--ignore-scripts runs none", async () => {
  const job = await setting();
  const { log } = await job.script("DEPLOY=value npm ci --ignore-scripts; ls");
  expect(log).not.toContain("from the project");
  expect(log).not.toContain("taken.txt");
});

test("a step fails where an install script does", async () => {
  const job = await setting();
  const { log, conclusion } = await job.script(
    "sed -i 's/echo from the project/exit 7/' package.json; npm ci",
  );
  expect(conclusion).toBe("failure");
  expect(log).toContain("npm error command sh -c exit 7");
  expect(log).toContain("Process completed with exit code 7.");
});

test("what was in node_modules stays where npm install finds the version it wants, and goes with npm ci", async () => {
  const job = await setting();
  await job.script("echo 'echo poisoned' > node_modules/hull/hull.sh");
  expect((await job.script("npm install > /dev/null; npm run -s build; cat built.txt")).log).toContain(
    "poisoned",
  );
  expect((await job.script("npm ci > /dev/null; npm run -s build; cat built.txt")).log).toContain(
    "high water",
  );
});
