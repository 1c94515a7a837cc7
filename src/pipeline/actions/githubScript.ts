/** actions/github-script, on QuickJS. https://github.com/actions/github-script */
import { API } from "../../world/services/forge/host.ts";
import { input, stop, type ActionCall, type BuiltIn } from "./call.ts";
import { inputVariables } from "./inputs.ts";
import { OCTOKIT } from "./octokit.ts";
import { runInStep } from "./program.ts";
import { TOOLKIT } from "./toolkit.ts";

export const githubScript: BuiltIn = {
  newest: 8,
  oldest: 1,
  inputs: () => ({
    script: null,
    "github-token": "${{ github.token }}",
    debug: "false",
    "user-agent": "actions/github-script",
    previews: null,
    "result-encoding": "json",
    retries: "0",
    "retry-exempt-status-codes": "400,401,403,404,422",
    "base-url": null,
  }),
  main: run,
};

async function run(call: ActionCall): Promise<void> {
  const script = input(call, "script");
  const encoding = input(call, "result-encoding");
  if (script === "") {
    stop(call, "Input required and not supplied: script");
    return;
  }
  if (encoding !== "json" && encoding !== "string") {
    stop(call, `"result-encoding" must be either "string" or "json"`);
    return;
  }
  const base = input(call, "base-url") || API;
  const text = [
    // On one line, so that places in messages are those of the script.
    `(async () => { const __run = async (github, octokit, getOctokit, context, core, exec, glob, io, require) => {${script}`,
    `}; const core = __core, { client, contextOf } = __octokit;`,
    `const absent = (name) => new Proxy({}, { get: () => () => { throw new Error(name + ": not simulated in LeakLab"); } });`,
    `const github = client(${JSON.stringify(base)}, core.getInput("github-token"));`,
    `try { const result = await __run(github, github, (token) => client(${JSON.stringify(base)}, token), contextOf(), core, absent("exec"), absent("glob"), absent("io"), require);`,
    `core.setOutput("result", ${encoding === "json" ? "JSON.stringify(result)" : "String(result)"}); }`,
    `catch (error) { if (error?.name === "__Exit") throw error; console.error(error); core.setFailed("Unhandled error: " + error); } })()`,
  ].join("\n");
  await runInStep(
    call.frame,
    { kind: "script", text, name: "github-script", print: false },
    inputVariables(call.inputs),
    TOOLKIT + OCTOKIT,
  );
}
