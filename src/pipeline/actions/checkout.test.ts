import { beforeEach, describe, expect, test } from "vitest";
import { fromUtf8, toBase64, toUtf8 } from "../../base/bytes.ts";
import { objectsOf } from "../../world/services/forge/git/objects.ts";
import type { Repository } from "../../world/services/forge/model.ts";
import { bench, REPOSITORY, type Bench } from "../runner/setting.fixture.ts";

const WORKSPACE = "/home/runner/work/tides/tides";
const WHO = { name: "Mina", email: "mina@lantern-tides.test", atMs: Date.UTC(2026, 2, 1) };

let job: Bench;
let commits: string[];

/** Three commits on main and a tag on the second. */
async function prepared(options: Parameters<typeof bench>[0] = {}): Promise<Bench> {
  const made = await bench(options);
  const repository = made.world.forge.find(REPOSITORY) as Repository;
  const objects = objectsOf(made.world.forge, repository);
  commits = [];
  for (const number of [1, 2, 3]) {
    const blob = objects.writeBlob(`version ${number}\n`);
    const tree = objects.writeTree([
      { name: "README.md", mode: "100644", id: blob },
      { name: "run.sh", mode: "100755", id: blob },
    ]);
    const parents = commits.slice(-1);
    commits.push(
      objects.writeCommit({ tree, parents, author: WHO, committer: WHO, message: `c${number}\n` }),
    );
  }
  objects.setRef("refs/heads/main", commits[2] as string);
  objects.setRef("refs/heads/next", commits[1] as string);
  objects.setRef("refs/tags/v1", commits[1] as string);
  Object.assign(made.run, { sha: commits[2] });
  return made;
}

const read = (path: string) => toUtf8(job.world.machines.get(job.state.machine).read(path));
const exists = (path: string) => job.world.machines.get(job.state.machine).exists(path);

beforeEach(async () => {
  job = await prepared();
});

test("checks out the commit of the run, on its branch, with one commit of history", async () => {
  const { conclusion, log, outputs } = await job.uses("actions/checkout@v4");
  expect(log).toContain("Syncing repository: lantern-tides/tides\n");
  expect(conclusion).toBe("success");
  expect(outputs["commit"]).toBe(commits[2]);
  expect(read(`${WORKSPACE}/README.md`)).toBe("version 3\n");
  const after = await job.script("git status; git log --oneline | wc -l; test -x run.sh && echo executable");
  expect(after.log.split("##[endgroup]\n")[1]).toBe(
    "On branch main\nYour branch is up to date with 'origin/main'.\n\nnothing to commit, working tree clean\n1\nexecutable\n",
  );
});

describe("ref", () => {
  const refs: readonly (readonly [string, number])[] = [
    ["next", 2],
    ["refs/heads/next", 2],
    ["v1", 2],
    ["refs/tags/v1", 2],
  ];
  test.each(refs)("%s", async (ref, version) => {
    await job.uses("actions/checkout@v5", { ref });
    expect(read(`${WORKSPACE}/README.md`)).toBe(`version ${version}\n`);
  });
  test("a commit that no branch names", async () => {
    await job.uses("actions/checkout@v4", { ref: commits[0] as string });
    expect(read(`${WORKSPACE}/README.md`)).toBe("version 1\n");
  });
  test("nothing of that name", async () => {
    const { conclusion, log } = await job.uses("actions/checkout@v4", { ref: "nowhere" });
    expect(conclusion).toBe("failure");
    expect(log).toContain("##[error]A branch or tag with the name 'nowhere' could not be found");
  });
});

test("fetch-depth: 0 brings all of history, all branches and tags", async () => {
  await job.uses("actions/checkout@v4", { "fetch-depth": "0" });
  const { log } = await job.script("git log --format=%s | tr '\\n' ' '; git branch -r; git tag");
  expect(log.split("##[endgroup]\n")[1]).toBe("c3 c2 c1   origin/main\n  origin/next\nv1\n");
});

test("a hook that an earlier step set up runs in a shell of the runner's user", async () => {
  await job.script(
    `mkdir ~/hooks; git config --global core.hooksPath ~/hooks
printf '#!/bin/bash\necho "hook: $3 of $(whoami) in $PWD, prompts $GIT_TERMINAL_PROMPT"' > ~/hooks/post-checkout
chmod +x ~/hooks/post-checkout`,
  );
  const { log } = await job.uses("actions/checkout@v4");
  expect(log).toContain(`\nhook: 1 of runner in ${WORKSPACE}, prompts 0\n`);
});

describe("the credential", () => {
  test("v4 leaves it in .git/config, base64, until the job ends; the log hides it", async () => {
    const { log } = await job.uses("actions/checkout@v4");
    const token = job.world.credentials.get(job.state.token)?.value ?? "";
    const encoded = toBase64(fromUtf8(`x-access-token:${token}`));
    expect(read(`${WORKSPACE}/.git/config`)).toContain(`extraheader = AUTHORIZATION: basic ${encoded}\n`);
    expect(log).not.toContain(encoded);
    expect(job.state.posts.map(({ name }) => name)).toEqual(["Post step"]);
    const [post] = job.state.posts;
    const after = await job.step({ ...post?.step, kind: "uses", number: 9 }, { phase: "post" });
    expect(after.log).toContain("Post job cleanup.\n");
    expect(read(`${WORKSPACE}/.git/config`)).not.toContain("AUTHORIZATION");
  });
  test("v6 keeps it outside of the folder, and git finds it", async () => {
    await job.uses("actions/checkout@v6");
    const config = read(`${WORKSPACE}/.git/config`);
    expect(config).not.toContain("AUTHORIZATION");
    expect(config).toContain(`[includeIf "gitdir:${WORKSPACE}/.git"]`);
    const file = /path = (\/home\/\S+)/.exec(config)?.[1] as string;
    expect(file).toMatch(/^\/home\/runner\/work\/_temp\/git-credentials-[0-9a-f-]{36}\.config$/);
    expect(read(file)).toContain("AUTHORIZATION: basic ");
    const { log, conclusion } = await job.script(
      "git config user.email a@b.test; git config user.name A; echo x > f; git add f; git commit -qm x; git push -q origin main && echo pushed",
    );
    expect([conclusion, log]).toEqual(["success", expect.stringContaining("\npushed\n")]);
    await job.step({ ...job.state.posts[0]?.step, kind: "uses", number: 9 }, { phase: "post" });
    expect(exists(file)).toBe(false);
    expect(read(`${WORKSPACE}/.git/config`)).not.toContain("includeIf");
  });
  test("persist-credentials: false leaves none, and a push fails", async () => {
    await job.uses("actions/checkout@v4", { "persist-credentials": "false" });
    expect(read(`${WORKSPACE}/.git/config`)).not.toContain("AUTHORIZATION");
    const { conclusion } = await job.script(
      "git config user.email a@b.test; git config user.name A; git commit -q --allow-empty -m x; git push -q origin main",
    );
    expect(conclusion).toBe("failure");
  });
  test("its use is on record", async () => {
    await job.uses("actions/checkout@v4");
    const uses = job.world.credentials.get(job.state.token)?.uses ?? [];
    expect(uses.map(({ action, result }) => `${action} ${result}`)).toEqual([
      `git-upload-pack ${REPOSITORY} allowed`,
    ]);
  });
});

describe("refusals", () => {
  test("a repository that the token does not open", async () => {
    job.world.forge.createRepository("lantern-tides/closed");
    const { conclusion, log, seconds } = await job.uses("actions/checkout@v4", {
      repository: "lantern-tides/closed",
    });
    expect([conclusion, seconds]).toEqual(["failure", 30]);
    expect(log).toContain("##[error]The process '/usr/bin/git' failed with exit code 128");
  });
  const wrong: readonly (readonly [Record<string, string>, string])[] = [
    [{ repository: "tides" }, "Invalid repository 'tides'. Expected format {owner}/{repo}."],
    [
      { path: "../elsewhere" },
      "Repository path '/home/runner/work/tides/elsewhere' is not under '/home/runner/work/tides/tides'",
    ],
    [{ submodules: "recursive" }, "actions/checkout with submodules: … : not simulated"],
  ];
  test.each(wrong)("%j", async (inputs, message) => {
    const { conclusion, log } = await job.uses("actions/checkout@v4", inputs);
    expect(conclusion).toBe("failure");
    expect(log.replace("recursive:", "… :")).toContain(message.replace(": not", ": not"));
  });
  test("a version that there never was, an input that there is not", async () => {
    expect((await job.uses("actions/checkout@v99")).log).toContain("unable to find version `v99`");
    expect((await job.uses("actions/checkout@v4", { depth: "1" })).log).toContain(
      "##[warning]Unexpected input(s) 'depth', valid inputs are ['repository', 'ref', 'token'",
    );
  });
});
