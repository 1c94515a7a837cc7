/** A machine that jobs run on, as people see it: processes, cron, and the runner that is registered there. */
import type { Command } from "just-bash/browser";
import { beforeEach, describe, expect, test } from "vitest";
import { RUNNERS } from "../world/services/forge/actions/model.ts";
import { newRunnerToken } from "../world/services/forge/actions/runner-token.ts";
import { personOf, type Person } from "../world/person.ts";
import { World } from "../world/world.ts";
import { serverCommand } from "./serverCommand.ts";
import { sshPort } from "./sshPort.ts";

const REPOSITORY = "lantern-tides/tides";
let world: World;

beforeEach(async () => {
  world = World.empty(1, { detect: () => [], happenings: { pipeline: async () => undefined } });
  world.forge.createAccount("lantern-tides", { type: "Organization" });
  world.forge.createRepository(REPOSITORY);
  const made = await serverCommand(world).execute(
    ["harbor-1", "learner"],
    {} as Parameters<Command["execute"]>[1],
  );
  expect(made.exitCode).toBe(0);
});

async function on(machine: string, script: string, input = "", login = "learner") {
  const port = sshPort(world, personOf(login) as Person, async (ms) => world.advance(ms));
  const session = await port.open(machine, null);
  if (typeof session === "string") return { stdout: "", stderr: session, exitCode: 255 };
  return session.run(script, new TextEncoder().encode(input));
}

describe("coming in", () => {
  test.each([
    ["harbor-1", "learner", "", "runner\n"],
    ["harbor-1", "aya", "runner@harbor-1: Permission denied (publickey).", ""],
    ["harbor-9", "learner", "ssh: Could not resolve hostname harbor-9: Name or service not known", ""],
  ])("%s as %s", async (machine, login, stderr, stdout) => {
    expect(await on(machine, "whoami", "", login)).toMatchObject({ stdout, stderr });
  });

  test("a command reads what is given to it", async () => {
    expect((await on("harbor-1", "cat > a; wc -l < a", "one\ntwo\n")).stdout).toContain("2");
  });
});

describe("processes", () => {
  const LOOP =
    "printf 'while true; do echo x >> ~/seen; sleep 5; done\\n' > loop.sh; nohup bash loop.sh > /dev/null 2>&1 &";

  test("go on without their file, until they are ended", async () => {
    await on("harbor-1", `${LOOP}\nrm loop.sh`);
    await on("harbor-1", "true");
    expect((await on("harbor-1", "pgrep -f loop.sh | wc -l; wc -l < seen")).stdout.replace(/ /g, "")).toBe(
      "1\n2\n",
    );
    expect(await on("harbor-1", "kill $(pgrep -f loop.sh); pgrep -f loop.sh")).toMatchObject({ exitCode: 1 });
  });

  test("one that comes to its end is gone", async () => {
    await on("harbor-1", "nohup touch there &");
    expect((await on("harbor-1", "ls; pgrep touch")).stdout).not.toMatch(/\d/);
    expect((await on("harbor-1", "ls")).stdout).toContain("there");
  });

  test.each([
    ["kill 1", "bash: kill: (1) - Operation not permitted\n"],
    ["kill 99999", "bash: kill: (99999) - No such process\n"],
    ["kill x", "bash: kill: x: arguments must be process or job IDs\n"],
    ["ps --what", "error: unsupported option (ps --what: not simulated in LeakLab)\n"],
  ])("%s", async (line, stderr) => {
    expect(await on("harbor-1", line)).toMatchObject({ stderr, exitCode: 1 });
  });

  test("ps shows init and cron, in both forms", async () => {
    const { stdout } = await on("harbor-1", "ps -ef; ps aux");
    expect(stdout.match(/\/usr\/sbin\/cron -f/g)).toHaveLength(2);
  });
});

describe("cron", () => {
  test("does what is due, once, however long ago", async () => {
    await on("harbor-1", "echo '*/10 * * * * echo x >> ~/seen' | crontab -");
    await world.advance(9 * 60_000);
    expect((await on("harbor-1", "ls")).stdout).not.toContain("seen");
    await world.advance(60 * 60_000);
    expect((await on("harbor-1", "grep -c x seen")).stdout).toBe("1\n");
  });

  test("is listed, taken away, and refuses what is no line", async () => {
    expect((await on("harbor-1", "echo 'now then' | crontab -")).stderr).toContain("can't install");
    await on("harbor-1", "echo '5 4 * * * true' | crontab -");
    expect((await on("harbor-1", "crontab -l")).stdout).toBe("5 4 * * * true\n");
    expect((await on("harbor-1", "crontab -r; crontab -l")).stderr).toBe("no crontab for runner\n");
  });
});

describe("a runner", () => {
  const configure = (token: string, more = "") =>
    on(
      "harbor-1",
      `cd actions-runner && ./config.sh --unattended --url https://forge.test/${REPOSITORY} --token ${token} ${more}`,
    );
  const token = () => newRunnerToken(world.forge, REPOSITORY, "registration").token;

  test("is registered, listens, and is offline when its process ends", async () => {
    expect((await configure(token(), "--labels quay --ephemeral")).stdout).toContain(
      "Runner successfully added",
    );
    const runner = () => world.tables.of(RUNNERS).all()[0];
    expect(runner()).toMatchObject({ name: "harbor-1", status: "offline", ephemeral: true });
    expect(runner()?.labels).toContain("quay");
    await on("harbor-1", "./actions-runner/run.sh");
    expect(runner()?.status).toBe("online");
    await on("harbor-1", "pkill -f Runner.Listener");
    expect(runner()?.status).toBe("offline");
  });

  test.each([
    ["a wrong token", "nonsense", "", "404 (Not Found)"],
    ["a group that is not there", null, "--runnergroup quiet", 'runner group named "quiet"'],
  ])("%s is refused", async (_what, given, more, words) => {
    expect((await configure(given ?? token(), more)).stderr).toContain(words);
  });

  test("is not registered twice, and listens only where it is", async () => {
    expect((await on("harbor-1", "./actions-runner/run.sh")).stderr).toContain("Not configured");
    await configure(token());
    expect((await configure(token())).stderr).toContain("already configured");
    const removal = newRunnerToken(world.forge, REPOSITORY, "removal").token;
    await on("harbor-1", `cd actions-runner && ./config.sh remove --token ${removal}`);
    expect(world.tables.of(RUNNERS).all()).toEqual([]);
  });
});
