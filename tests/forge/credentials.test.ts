/** Where the learner's git finds a credential over HTTPS, and what becomes of it. */
import { describe, expect, test } from "vitest";
import { learner, type LearnerOptions } from "./learner.ts";
import { ID, token } from "./setting.ts";

const URL_OF = `https://forge.test/${ID}.git`;
const LIST = `git ls-remote ${URL_OF}`;

function known(options: LearnerOptions = {}) {
  const lab = learner({ login: null, ...options });
  const { value, id } = token(lab.world, "bot", { kind: "classic", scopes: ["repo"] });
  return { ...lab, value, uses: () => lab.world.credentials.get(id)?.uses.length ?? 0 };
}

/** WORD stands for a token that works. */
describe("a credential is found", () => {
  test.each([
    ["in the URL", `git ls-remote https://x:WORD@forge.test/${ID}.git`],
    ["in the URL, as a user name with an empty password", `git ls-remote https://WORD:@forge.test/${ID}.git`],
    [
      "in a header",
      `git -c http.extraHeader="AUTHORIZATION: basic $(printf x:WORD | base64 -w0)" ls-remote ${URL_OF}`,
    ],
    [
      "in a header for that host",
      `git config --global http.https://forge.test/.extraheader "AUTHORIZATION: basic $(printf x:WORD | base64 -w0)"; ${LIST}`,
    ],
    [
      "in a header from the environment",
      `GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraheader GIT_CONFIG_VALUE_0="Authorization: Bearer WORD" ${LIST}`,
    ],
    [
      "by a command",
      `git config --global credential.helper '!f() { test "$1" = get && echo username=x && echo password=WORD; }; f'; ${LIST}`,
    ],
    [
      "by a command for that host, after the others were cleared",
      `git -c credential.helper='!echo password=wrong' -c credential.https://forge.test.helper= -c credential.https://forge.test.helper='!printf "username=x\\npassword=WORD\\n" #' ls-remote ${URL_OF}`,
    ],
    [
      "in the store",
      `echo https://x:WORD@forge.test > ~/.git-credentials; git config --global credential.helper store; ${LIST}`,
    ],
    [
      "by an askpass program",
      `printf '#!/bin/bash\\ncase "$1" in Username*) echo x;; *) echo WORD;; esac\\n' > ask; chmod +x ask; GIT_ASKPASS=$PWD/ask ${LIST}`,
    ],
  ])("%s", async (_title, script) => {
    const { run, value, uses } = known();
    expect(await run(script.replaceAll("WORD", value))).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect(uses()).toBeGreaterThan(0);
  });
});

describe("a person is asked", () => {
  test("for what is missing, the password unseen, and a helper keeps what worked", async () => {
    const lab = learner({ login: null });
    const { value } = token(lab.world, "bot", { kind: "classic", scopes: ["repo"] });
    const asking = known({ answers: ["lin", value] });
    await asking.run("git config --global credential.helper store");
    expect((await asking.run(LIST)).exitCode).toBe(0);
    expect(asking.asked).toEqual([
      "Username for 'https://forge.test': ",
      "Password for 'https://lin@forge.test': (silent)",
    ]);
    expect((await asking.run("cat ~/.git-credentials; stat -c %a ~/.git-credentials")).stdout).toBe(
      `https://lin:${value}@forge.test\n600\n`,
    );
    expect((await asking.run(LIST)).exitCode).toBe(0);
    expect(asking.asked).toHaveLength(2);
  });

  test("and a helper forgets what did not work", async () => {
    const { run } = known();
    await run("git config --global credential.helper store");
    const line = (word: string, host: string) => `https://${["lin", word].join(":")}@${host}\n`;
    await run(`printf '${line("old", "forge.test")}${line("other", "elsewhere.test")}' > ~/.git-credentials`);
    expect((await run(LIST)).stderr).toBe(
      `remote: Invalid username or token. Password authentication is not supported for Git operations.\nfatal: Authentication failed for '${URL_OF}/'\n`,
    );
    expect((await run("cat ~/.git-credentials")).stdout).toBe(line("other", "elsewhere.test"));
  });
});

describe("nobody knows", () => {
  test.each([
    [LIST, "fatal: could not read Username for 'https://forge.test': No such device or address\n"],
    [
      `GIT_TERMINAL_PROMPT=0 ${LIST}`,
      "fatal: could not read Username for 'https://forge.test': terminal prompts disabled\n",
    ],
    [
      `git ls-remote https://lin@forge.test/${ID}.git`,
      "fatal: could not read Password for 'https://lin@forge.test': No such device or address\n",
    ],
    [
      `git -c credential.username=mina ls-remote ${URL_OF}`,
      "fatal: could not read Password for 'https://mina@forge.test': No such device or address\n",
    ],
    [
      `git -c credential.helper='!echo quit=1 #' ls-remote ${URL_OF}`,
      "fatal: credential helper '!echo quit=1 #' told us to quit\n",
    ],
    [
      `git -c credential.helper=cache ls-remote ${URL_OF}`,
      "git: 'credential-cache' is not simulated in LeakLab\nfatal: could not read Username for 'https://forge.test': No such device or address\n",
    ],
    [
      `git -c http.https://other.test/.extraheader="Authorization: Bearer WORD" ls-remote ${URL_OF}`,
      "fatal: could not read Username for 'https://forge.test': No such device or address\n",
    ],
  ])("%s", async (script, stderr) => {
    const { run, value } = known();
    expect(await run(script.replaceAll("WORD", value))).toEqual({ stdout: "", stderr, exitCode: 128 });
  });
});

describe("git credential", () => {
  const store = "git config --global credential.helper store; ";
  test.each([
    [
      `${store}printf 'url=https://lin:s3@forge.test/a.git\\n' | git credential approve; printf 'protocol=https\\nhost=forge.test\\n\\n' | git credential fill`,
      "protocol=https\nhost=forge.test\nusername=lin\npassword=s3\n",
    ],
    [
      `${store}git config --global credential.useHttpPath true; printf 'url=https://lin:s3@forge.test/a.git\\n' | git credential approve; cat ~/.git-credentials`,
      "https://lin:s3@forge.test/a.git\n",
    ],
    [
      `${store}printf 'url=https://lin:s3@forge.test\\n' | git credential approve; printf 'url=https://lin@forge.test\\n' | git credential reject; cat ~/.git-credentials`,
      "",
    ],
    [
      `printf 'protocol=https\\nhost=h.test\\nusername=a b\\npassword=p%%@\\n' | git credential-store --file f store; cat f`,
      "https://a%20b:p%25%40@h.test\n",
    ],
  ])("%s", async (script, stdout) => {
    expect((await known().run(script)).stdout).toBe(stdout);
  });

  test.each([
    ["git credential", "usage: git credential (fill|approve|reject)\n", 129],
    [
      "printf 'host=x\\n' | git credential fill",
      "fatal: refusing to work with credential missing protocol field\n",
      128,
    ],
    [
      "printf 'protocol=https\\n' | git credential fill",
      "fatal: refusing to work with credential missing host field\n",
      128,
    ],
  ])("%s is refused", async (script, stderr, exitCode) => {
    expect(await known().run(script)).toEqual({ stdout: "", stderr, exitCode });
  });
});
