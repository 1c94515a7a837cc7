/** `npm trust`: which workflow may publish without a token. https://docs.npmjs.com/cli/commands/npm-trust */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { absent, failed, usage, type NpmCall } from "./call.ts";
import { ask } from "./http.ts";
import { escaped, ownName } from "./own.ts";
import { fieldsOf } from "./tree/manifest.ts";
import { readManifest } from "./tree/reify.ts";

const LABELS: Readonly<Record<string, string>> = {
  createPackage: "publish",
  createStagedPackage: "stage publish",
};
const NO_NAME = "Package name must be specified either as an argument or in package.json file";

export async function trust(call: NpmCall): Promise<ExecResult> {
  const [action, given] = call.operands;
  const name = await ownName(call, given);
  if (action === "github") return github(call, name, given);
  if (action === "gitlab" || action === "circleci") return absent(`npm trust ${action}`);
  if (action !== "list" && action !== "revoke")
    return usage("Create a trusted relationship between a package and a OIDC provider", [
      "trust github",
      "trust list",
      "trust revoke",
    ]);
  if (name === null) return failed(null, [NO_NAME.replace("in package.json", "in the package.json")]);
  return action === "list" ? list(call, name) : revoke(call, name);
}

interface Asked {
  readonly name: string;
  readonly file: string;
  readonly repository: string;
  readonly environment?: string;
}

async function github(call: NpmCall, name: string | null, given: string | undefined): Promise<ExecResult> {
  const { config } = call;
  const permissions = [
    ...(config.has("allow-publish") ? ["createPackage"] : []),
    ...(config.has("allow-stage-publish") || config.has("allow-staged-publish")
      ? ["createStagedPackage"]
      : []),
  ];
  if (permissions.length === 0)
    return failed(null, [
      "At least one permission flag is required (--allow-publish, --allow-stage-publish)",
    ]);
  const asked = await read(call, name, given);
  if (typeof asked === "string") return failed(null, [asked]);
  const { file, repository, environment } = asked;
  const head = [
    `Establishing trust between ${asked.name} package and GitHub Actions`,
    `Anyone with GitHub repository write access can publish to ${asked.name}`,
    "Two-factor authentication is required for this operation",
    "",
    ...settings({ package: asked.name, file, repository, environment }, permissions),
    "",
    `https://forge.test/${repository}/blob/HEAD/.github/workflows/${file}`,
    `https://forge.test/${repository}`,
    "",
  ];
  if (config.has("dry-run")) return said(call, head);
  if (!config.has("yes") && !(await confirmed(call, head))) return failed(null, ["User cancelled operation"]);
  const claims = { repository, workflow_ref: { file }, ...(environment ? { environment } : {}) };
  const answer = await ask(call, "POST", `/-/package/${escaped(asked.name)}/trust`, [
    { type: "github", claims, permissions },
  ]);
  if ("failure" in answer) return { ...answer.failure, stdout: said(call, head).stdout };
  const more = `Trust configuration created successfully for ${asked.name} with the following settings:`;
  return said(call, [...head, more, ...listed(answer.body)]);
}

async function read(call: NpmCall, name: string | null, given: string | undefined): Promise<Asked | string> {
  const { config } = call;
  const file = config.get("file");
  if (name === null) return NO_NAME;
  if (file === undefined || file === "")
    return "GitHub Actions Workflow must be specified with the file option";
  if (!/\.ya?ml$/.test(file)) return "GitHub Actions Workflow must end in .yml or .yaml";
  if (file.includes("/")) return "GitHub Actions workflow must be just a file not a path";
  const own = await readManifest(call.context.fs, call.prefix === "/" ? "" : call.prefix);
  const matches = given === undefined || given === own.name;
  const repository =
    config.get("repo") ??
    config.get("repository") ??
    (matches ? repositoryOf(own.fields["repository"]) : undefined);
  if (repository === undefined)
    return `GitHub repository must be specified with repository option${matches ? " or inferred from the package.json repository field" : ""}`;
  if (repository.split("/").length !== 2)
    return "GitHub repository must be specified in the format owner/repository";
  const environment = config.get("env") ?? config.get("environment");
  return { name, file, repository, ...(environment ? { environment } : {}) };
}

/** "owner/name" of an address at the forge. */
function repositoryOf(value: unknown): string | undefined {
  const url = typeof value === "string" ? value : fieldsOf(value)["url"];
  if (typeof url !== "string") return undefined;
  return /(?:^github:|forge\.test[/:])([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url)?.[1];
}

async function confirmed({ terminal }: NpmCall, head: readonly string[]): Promise<boolean> {
  terminal.write("stdout", head.map((line) => `${line}\n`).join(""));
  return /^y(?:es)?$/i.test((await terminal.readLine("Do you want to proceed? (y/N) ")) ?? "");
}

async function list(call: NpmCall, name: string): Promise<ExecResult> {
  const answer = await ask(call, "GET", `/-/package/${escaped(name)}/trust`);
  if ("failure" in answer) return answer.failure;
  const all = Array.isArray(answer.body) ? (answer.body as unknown[]) : [];
  if (call.config.has("json"))
    return result(all.map((each) => `\n${JSON.stringify(plain(each), null, 2)}\n`).join("") + "\n");
  if (all.length === 0) return result(`No trust configurations found for package (${name})\n`);
  return said(call, listed(all));
}

function plain(value: unknown): object {
  const { id, type, claims, permissions } = fieldsOf(value);
  const { repository, environment, workflow_ref: workflow } = fieldsOf(claims);
  return {
    type,
    id,
    file: fieldsOf(workflow)["file"],
    repository,
    ...(environment ? { environment } : {}),
    permissions,
  };
}

function listed(body: unknown): string[] {
  const all = Array.isArray(body) ? (body as unknown[]) : [body];
  return [
    ...all.flatMap((each) => {
      const { permissions, ...values } = plain(each) as { permissions?: unknown };
      return ["", ...settings(values, Array.isArray(permissions) ? permissions.map(String) : [])];
    }),
    "",
  ];
}

function settings(values: object, permissions: readonly string[]): string[] {
  const lines = Object.entries(fieldsOf(values)).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [`${key}: ${String(value)}`],
  );
  const may = permissions.map((each) => LABELS[each] ?? each).join(", ");
  return [...lines, ...(may === "" ? [] : [`permissions: ${may}`])];
}

async function revoke(call: NpmCall, name: string): Promise<ExecResult> {
  const id = call.config.get("id");
  if (id === undefined)
    return failed(null, ["ID of the trusted relationship to revoke must be specified with the --id option"]);
  const head = `Attempting to revoke trusted configuration for package ${name} with id ${id}`;
  if (call.config.has("dry-run")) return said(call, [head]);
  const answer = await ask(call, "DELETE", `/-/package/${escaped(name)}/trust/${encodeURIComponent(id)}`);
  if ("failure" in answer) return { ...answer.failure, stdout: `${head}\n` };
  return said(call, [head, `Revoked trusted configuration for package ${name} with id ${id}`]);
}

function said({ config }: NpmCall, lines: readonly string[]): ExecResult {
  return result(config.has("json") ? "" : lines.map((line) => `${line}\n`).join(""));
}
