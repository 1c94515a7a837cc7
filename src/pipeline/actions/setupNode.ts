/** actions/setup-node. https://github.com/actions/setup-node — node itself is QuickJS, whatever version is asked for. */
import { toUtf8 } from "../../base/bytes.ts";
import { notSimulated } from "../runner/execution.ts";
import { input, say, stop, type ActionCall, type BuiltIn } from "./call.ts";

export const setupNode: BuiltIn = {
  newest: 6,
  oldest: 1,
  inputs: () => ({
    "always-auth": "false",
    "node-version": null,
    "node-version-file": null,
    architecture: null,
    "check-latest": "false",
    "registry-url": null,
    scope: null,
    token: "${{ github.token }}",
    cache: null,
    "package-manager-cache": "true",
    "cache-dependency-path": null,
    mirror: null,
    "mirror-token": null,
  }),
  main: setUp,
};

function setUp(call: ActionCall): void {
  const cached = input(call, "cache");
  if (cached !== "") {
    notSimulated(call.frame, `actions/setup-node with cache: ${cached}`);
    return;
  }
  const version = wantedVersion(call);
  if (version === null) return;
  say(call, `node ${version === "" ? "" : `${version} `}is QuickJS in LeakLab: nothing is downloaded`);
  call.frame.outputs["node-version"] = version;
  call.frame.outputs["cache-hit"] = "false";
  const registry = input(call, "registry-url");
  if (registry !== "") configure(call, registry);
}

function wantedVersion(call: ActionCall): string | null {
  const file = input(call, "node-version-file");
  if (file === "" || input(call, "node-version") !== "") return input(call, "node-version");
  const { disk, user, request } = call.execution;
  const path = `${request.state.workspace}/${file}`;
  if (!disk.exists(path, user)) {
    stop(call, `The specified node version file at: ${path} does not exist`);
    return null;
  }
  return toUtf8(disk.read(path, user)).trim().replace(/^v/, "");
}

/** https://github.com/actions/setup-node/blob/main/src/authutil.ts */
function configure(call: ActionCall, registry: string): void {
  const { execution } = call;
  if (!/^https?:\/\/[^\s/]+/.test(registry)) {
    stop(call, "Invalid URL");
    return;
  }
  const url = registry.endsWith("/") ? registry : `${registry}/`;
  const scope = input(call, "scope");
  const prefix = scope === "" ? "" : `${scope.startsWith("@") ? "" : "@"}${scope.toLowerCase()}:`;
  const file = `${execution.request.state.temp}/.npmrc`;
  const auth = `${url.replace(/^https?:/, "")}:_authToken=\${NODE_AUTH_TOKEN}`;
  const last = call.version < 6 ? `\nalways-auth=${input(call, "always-auth")}` : "";
  execution.disk.write(file, `${auth}\n${prefix}registry=${url}${last}\n`, execution.user);
  execution.env["NPM_CONFIG_USERCONFIG"] = file;
  execution.env["NODE_AUTH_TOKEN"] ??= call.step.env["NODE_AUTH_TOKEN"] ?? "XXXXX-XXXXX-XXXXX-XXXXX";
}
