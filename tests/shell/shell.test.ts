/** What has no counterpart in a real shell of a test machine: limits, people, ports. */
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../src/disk/limits.ts";
import type { LabPort } from "../../src/shell/commands/lab.ts";
import { HOME } from "../git/story.ts";
import { testShell } from "./lab.ts";

describe("characters are those of UTF-8, as where the locale says so", () => {
  test.each([
    ['read -n 1 c <<< "🎉é"; echo "$c"', "🎉\n"],
    ['read -N 2 c <<< "é🎉x"; echo "$c"', "é🎉\n"],
    ['{ read -n 2 c; read -r d; } <<< "é🎉x"; echo "$c|$d"', "é🎉|x\n"],
    ['read -N 9 c <<< "é"; echo $? "${#c}"', "1 2\n"],
    ['read -r q <<< "🎉ok"; echo "${#q}"', "3\n"],
  ])("%s", async (line, stdout) => {
    expect(await testShell().run(line)).toEqual({ stdout, stderr: "", exitCode: 0 });
  });

  test("what the learner types, too", async () => {
    const { run } = testShell({ terminal: { readLine: async () => "é — Ã©" } });
    expect((await run('read -r x; echo "$x"')).stdout).toBe("é — Ã©\n");
  });
});

describe("redirects that fail leave the shell intact", () => {
  test.each([
    ["echo x > none/f", "bash: none/f: No such file or directory\n", 1],
    ["echo x > /root/x", "bash: /root/x: Permission denied\n", 1],
    ["echo x > /etc/passwd", "bash: /etc/passwd: Permission denied\n", 1],
    ["cat < /root/x", "bash: /root/x: Permission denied\n", 1],
    ["cat /root/x", "cat: /root/x: Permission denied\n", 1],
    ["ls /root", "ls: cannot open directory '/root': Permission denied\n", 2],
    ["cp .gitconfig /etc/x", "cp: cannot create regular file '/etc/x': Permission denied\n", 1],
    ["touch /etc/x", "touch: cannot touch '/etc/x': Permission denied\n", 1],
    ["mkdir /etc/x", "mkdir: cannot create directory '/etc/x': Permission denied\n", 1],
    ["rm -f /etc/hostname", "rm: cannot remove '/etc/hostname': Permission denied\n", 1],
  ])("%s", async (line, stderr, exitCode) => {
    const { run } = testShell();
    expect(await run(line)).toEqual({ stdout: "", stderr, exitCode });
    expect(await run("echo alive")).toEqual({ stdout: "alive\n", stderr: "", exitCode: 0 });
  });

  test("a full disk", async () => {
    const { run, disk } = testShell({ limits: { ...DEFAULT_LIMITS, totalBytes: 60_000 } });
    const { stderr, exitCode } = await run("yes | head -c 59000 > big");
    expect(stderr).toContain("No space left on device");
    expect(exitCode).not.toBe(0);
    expect(await run("echo alive")).toEqual({ stdout: "alive\n", stderr: "", exitCode: 0 });
    expect(disk.usage().bytes).toBeLessThanOrEqual(60_000);
  });

  test("more file descriptors than the limit", async () => {
    const { run } = testShell();
    const { exitCode } = await run('for i in {10..400}; do eval "exec $i>f$i" || break; done');
    expect(exitCode).not.toBe(0);
    expect((await run("echo alive")).stdout).toBe("alive\n");
  });
});

describe("traps at the prompt", () => {
  test("ERR runs after each failing line", async () => {
    const { run } = testShell();
    await run("trap 'echo failed: $?' ERR");
    expect((await run("false")).stdout).toBe("failed: 1\n");
    expect((await run("true; (exit 3)")).stdout).toBe("failed: 3\n");
    await run("trap - ERR");
    expect((await run("false")).stdout).toBe("");
  });

  test("INT runs after Ctrl-C", async () => {
    const { run, shell } = testShell();
    await run("trap 'caught=yes' INT");
    expect((await shell.run("while true; do :; done", { interruptAt: 50 })).exitCode).toBe(130);
    expect((await run("echo $caught")).stdout).toBe("yes\n");
  });

  test("EXIT runs when the shell is left", async () => {
    const { run } = testShell();
    await run("trap 'echo bye' EXIT");
    expect((await run("echo on")).stdout).toBe("on\n");
    expect((await run("exit 2")).stdout).toBe("bye\n");
  });
});

test("a mask holds from line to line and inside scripts, not beyond a subshell", async () => {
  const { run, disk } = testShell();
  await run(
    "umask 077; echo x > secret; bash -c 'echo x > inner'; (umask 000; echo x > open); echo x > after; git init -q r",
  );
  const mode = (name: string) => disk.stat(`${HOME}/${name}`).mode.toString(8);
  expect(["secret", "inner", "open", "after", "r"].map(mode)).toEqual(["600", "600", "666", "600", "700"]);
});

test("select asks the person", async () => {
  const answers = ["2"];
  const { run } = testShell({ terminal: { readLine: async () => answers.shift() ?? null } });
  const { stdout, stderr } = await run('select x in red green; do echo "got $x"; break; done');
  expect({ stdout, stderr }).toEqual({ stdout: "got green\n", stderr: "1) red\n2) green\n" });
});

test("exported variables reach what a command starts", async () => {
  const { run } = testShell();
  expect(
    (await run("export A=1; B=2; printf 'echo \"$A-$B\"' > s; sh s; echo x | xargs sh s; env C=3 printenv C"))
      .stdout,
  ).toBe("1-\n1-\n3\n");
});

test("history is the file", async () => {
  const { run, disk } = testShell();
  disk.write(`${HOME}/.bash_history`, "one\ntwo\nthree\n", { name: "lin" });
  expect((await run("history 2")).stdout).toBe("    2  two\n    3  three\n");
  await run("history -d 2");
  expect(disk.readText(`${HOME}/.bash_history`)).toBe("one\nthree\n");
  await run("history -c");
  expect(disk.readText(`${HOME}/.bash_history`)).toBe("");
});

test("names of tools that are absent say so", async () => {
  const { run } = testShell();
  expect(await run("docker ps")).toEqual({
    stdout: "",
    stderr: "docker: not simulated in LeakLab\n",
    exitCode: 127,
  });
  expect((await run("sudo ls")).exitCode).toBe(1);
  expect((await run("less .gitconfig")).stdout).toContain("defaultBranch");
  expect((await run("man git-rebase")).stdout).toContain("git-scm.com");
  expect((await run("kill $$; echo $?")).stdout).toBe("0\n");
});

describe("lab and clock", () => {
  let free = 0;
  const lab: LabPort = {
    brief: () => "Brief",
    status: async () => "1 of 3\n",
    check: async () => ({ text: "not yet", passed: false }),
    hint: (n) => (n === 9 ? { refused: "There is no hint 9." } : `Hint ${n ?? "next"}`),
    reset: (newSeed) => `reset ${newSeed}`,
    canary: (kind) => (kind === "github" ? { text: "value" } : { refused: `No such kind: ${kind}` }),
    exportFiles: () => "files",
    free: () => void (free += 1),
  };
  const clock = { now: Date.UTC(2026, 2, 3, 9) };
  const port = {
    now: () => clock.now,
    startMs: Date.UTC(2026, 2, 3, 9),
    advance: async (s: number) => void (clock.now += s * 1000),
    free: () => void (free += 1),
  };
  const { run } = testShell({ clock, host: { lab, clock: port } });

  test.each([
    ["lab brief", "Brief\n", "", 0],
    ["lab status", "1 of 3\n", "", 0],
    ["lab check", "not yet\n", "", 1],
    ["lab hint", "Hint next\n", "", 0],
    ["lab hint 2", "Hint 2\n", "", 0],
    ["lab hint 9", "", "lab: There is no hint 9.\n", 1],
    ["lab hint x", "", "usage: lab hint [N]\n", 2],
    ["lab reset --new-seed", "reset true\n", "", 0],
    ["lab canary github", "value\n", "", 0],
    ["lab canary nope", "", "lab: No such kind: nope\n", 1],
    ["lab rehearse x", "", "lab: This lab has no stories to rehearse.\n", 1],
    ["lab rehearse x y", "", "usage: lab rehearse [STORY]\n", 2],
    ["lab constructor", "", "lab: 'constructor' is not a lab command. See 'lab help'.\n", 2],
    ["clock", "2026-03-03 09:00:00 UTC, 0m into the lab\n", "", 0],
    ["advance 1h 30m", "2026-03-03 10:30:00 UTC, 1h 30m into the lab\n", "", 0],
    ["advance soon", "", "usage: advance DURATION   (30s, 10m, 2h, 1d; at most 30d)\n", 2],
  ])("%s", async (line, stdout, stderr, exitCode) => {
    const before = free;
    expect(await run(line)).toEqual({ stdout, stderr, exitCode });
    expect(free).toBe(before + 1);
  });
});

describe("curl", () => {
  const fetch = async (url: string) => ({
    status: 200,
    statusText: "OK",
    headers: {},
    body: new TextEncoder().encode(`${new URL(url).pathname}\n`),
    url,
  });
  const A = "http://forge.test/a";
  const B = "http://forge.test/b";

  test.each([
    ["reaches the hosts of the world", `curl -s ${A}`, "/a\n"],
    ["asks for each URL in turn", `curl -s ${A} ${B}`, "/a\n/b\n"],
    ["-o names a file for the first", `curl -s -o f ${A} ${B}; cat f`, "/b\n/a\n"],
    ["a URL that an option takes is none to ask for", `curl -s -e ${A} ${B}`, "/b\n"],
  ])("%s", async (_, line, stdout) => {
    const { run } = testShell({ fetch });
    expect(await run(line)).toEqual({ stdout, stderr: "", exitCode: 0 });
  });
});

test("sleep waits as long as it is told", async () => {
  const clock = { now: 0 };
  const { run } = testShell({ clock });
  expect(await run("sleep 24h; sleep 1.5")).toMatchObject({ exitCode: 0 });
  expect(clock.now).toBe(24 * 3600_000 + 1500);
});
