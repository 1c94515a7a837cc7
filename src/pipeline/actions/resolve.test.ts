import { beforeEach, expect, test } from "vitest";
import { createFork } from "../../world/services/forge/git/network.ts";
import { objectsOf } from "../../world/services/forge/git/objects.ts";
import type { Repository } from "../../world/services/forge/model.ts";
import { bench, type Bench } from "../runner/setting.fixture.ts";

const WHO = { name: "Pilot", email: "pilot@aya.example", atMs: Date.UTC(2026, 2, 1) };

let job: Bench;
let action: Repository;

function commit(repository: Repository, says: string): string {
  const objects = objectsOf(job.world.forge, repository);
  const text = `runs:\n  using: composite\n  steps:\n    - { shell: bash, run: echo ${says} }\n`;
  const tree = objects.writeTree([{ name: "action.yml", mode: "100644", id: objects.writeBlob(text) }]);
  return objects.writeCommit({ tree, parents: [], message: `${says}\n`, author: WHO });
}

beforeEach(async () => {
  job = await bench();
  action = job.world.forge.createRepository("pilot/act", { visibility: "public" });
  objectsOf(job.world.forge, action).setRef("refs/heads/main", commit(action, "honest"));
});

const said = ({ log }: { readonly log: string }) =>
  log.split("\n").find((line) => /^(honest|moved|impostor)$/.test(line));

test("a tag that was moved means something else in the next step", async () => {
  const objects = objectsOf(job.world.forge, action);
  objects.setRef("refs/tags/v1", objects.ref("refs/heads/main"));
  expect(said(await job.uses("pilot/act@v1"))).toBe("honest");
  objects.setRef("refs/tags/v1", commit(action, "moved"));
  expect(said(await job.uses("pilot/act@v1"))).toBe("moved");
});

test("a commit of a fork is found by its id through the repository that it was forked from", async () => {
  job.world.forge.createAccount("cuckoo");
  const fork = createFork(job.world.forge, action, { owner: "cuckoo" });
  const impostor = commit(fork, "impostor");
  expect(said(await job.uses(`pilot/act@${impostor}`))).toBe("impostor");
});

test("a short commit is refused with the whole one", async () => {
  const whole = objectsOf(job.world.forge, action).ref("refs/heads/main") as string;
  const { log, conclusion } = await job.uses(`pilot/act@${whole.slice(0, 8)}`);
  expect(conclusion).toBe("failure");
  expect(log).toContain(`Please use the full commit SHA \`${whole}\` instead.`);
});

test("a private action of somebody else is not there", async () => {
  job.world.forge.changeRepository("pilot/act", { visibility: "private" });
  const { log } = await job.uses("pilot/act@main");
  expect(log).toContain("Unable to resolve action pilot/act@main, repository not found");
});
