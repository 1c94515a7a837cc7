import { describe, expect, test } from "vitest";
import { bench } from "./setting.fixture.ts";

describe("the log of a run step", () => {
  test("begins with what runs, in which shell, with which variables", async () => {
    const job = await bench();
    const { log, conclusion } = await job.script("echo one\necho two >&2", {
      env: { GREETING: "hello", CI: "true", GITHUB_REF: "x" },
    });
    expect(conclusion).toBe("success");
    expect(log.replaceAll("\u001B", "^")).toBe(
      "##[group]Run echo one\n^[36;1mecho one^[0m\n^[36;1mecho two >&2^[0m\nshell: /usr/bin/bash -e {0}\nenv:\n  GREETING: hello\n##[endgroup]\none\ntwo\n",
    );
  });

  test("output and errors stand in the order in which they came", async () => {
    const { log } = await (
      await bench()
    ).script("echo a; echo b >&2; echo c; set -x; echo d; for i in 1; do echo $i; done");
    expect(log.split("##[endgroup]\n")[1]).toBe("a\nb\nc\n+ echo d\nd\n+ echo 1\n1\n");
  });

  test("has virtual times, and sleeping takes some", async () => {
    const job = await bench();
    const { seconds } = await job.script("echo a; sleep 90; echo b");
    expect(seconds).toBe(90);
    const raw = new TextDecoder().decode(job.world.forge.disk.read("/actions/runs/9001/1/101/1.txt"));
    expect(raw.split("\n").slice(-3)).toEqual([
      "2026-03-03T09:00:00.0000000Z a",
      "2026-03-03T09:01:30.0000000Z b",
      "",
    ]);
    expect(job.world.clock.now()).toBe(Date.UTC(2026, 2, 3, 9));
  });
});

describe("how it ends", () => {
  const ends: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ["false", {}, "##[error]Process completed with exit code 1."],
    ["exit 42", {}, "##[error]Process completed with exit code 42."],
    ["false | true", {}, ""],
    ["false | true", { shell: "bash" }, "##[error]Process completed with exit code 1."],
    ["false\necho on", { shell: "bash {0}" }, "on"],
    ["echo $UNSET", { shell: "bash -u {0}" }, "##[error]Process completed with exit code 1."],
    ["nosuchcommand", {}, "##[error]Process completed with exit code 127."],
    ["while true; do :; done", {}, "##[error]Process completed with exit code 126."],
    [
      "print(1)",
      { shell: "python" },
      "##[error]shell python: not simulated in LeakLab (.github/workflows/ci.yml:10)",
    ],
    ["x", { shell: "cat {0}" }, "x"],
    [
      "x",
      { shell: "fish" },
      "##[error]Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'",
    ],
    [
      "pwd",
      { workingDirectory: "nowhere" },
      "##[error]An error occurred trying to start process '/usr/bin/bash' with working directory '/home/runner/work/tides/tides/nowhere'. No such file or directory",
    ],
  ];
  test.each(ends)("%s %j", async (script, fields, last) => {
    const { log, conclusion } = await (await bench()).script(script, fields);
    expect(log.trimEnd().split("\n").at(-1)).toBe(last === "" ? "##[endgroup]" : last);
    expect(conclusion).toBe(last.startsWith("##[error]") ? "failure" : "success");
  });
});

test("it runs as the runner's user in the workspace, with the step's environment only", async () => {
  const { log } = await (
    await bench()
  ).script(
    "whoami; pwd; echo $HOME; echo $0; env | cut -d= -f1 | sort | tr '\\n' ' '; echo; touch /etc/x || echo no",
  );
  const lines = (log.split("##[endgroup]\n")[1] ?? "").split("\n");
  expect(lines.slice(0, 3)).toEqual(["runner", "/home/runner/work/tides/tides", "/home/runner"]);
  expect(lines[3]).toMatch(/^\/home\/runner\/work\/_temp\/[0-9a-f-]{36}\.sh$/);
  expect(lines[4]).toMatch(
    /^CI GITHUB_ENV GITHUB_EVENT_PATH GITHUB_OUTPUT GITHUB_PATH GITHUB_REPOSITORY GITHUB_STATE/,
  );
  expect(lines[4]).not.toMatch(/EDITOR|TERM/);
  expect(lines.at(-2)).toBe("no");
});

test("files and variables pass from step to step", async () => {
  const job = await bench();
  await job.script('echo "A=1" >> $GITHUB_ENV; echo /opt/tools >> $GITHUB_PATH; echo kept > file');
  expect(job.state.env).toEqual({ A: "1" });
  const { log } = await job.script("echo $PATH; cat file");
  expect(log).toMatch(/\n\/opt\/tools:.*\nkept\n$/);
});

test("secrets are hidden in the log, also in the head, and in summaries", async () => {
  const secret = "very-secret-value";
  const job = await bench({ secrets: [secret] });
  const { log, summary } = await job.script(`echo ${secret}; echo "# ${secret}" >> $GITHUB_STEP_SUMMARY`, {
    env: { S: secret },
  });
  expect(log).not.toContain(secret);
  expect(log).toContain("  S: ***\n");
  expect(summary).toBe("# ***\n");
});

test("the same job twice gives the same log and the same world", async () => {
  const play = async () => {
    const job = await bench();
    await job.script("echo $GITHUB_OUTPUT; echo x=1 >> $GITHUB_OUTPUT; : > e; ls -l > d");
    return job.world.digest();
  };
  expect(await play()).toBe(await play());
});
