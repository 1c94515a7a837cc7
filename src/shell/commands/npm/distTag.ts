/** `npm dist-tag`. https://docs.npmjs.com/cli/commands/npm-dist-tag */
import type { ExecResult } from "just-bash/browser";
import { parseRange } from "../../../base/semver.ts";
import { result } from "../lib/invocation.ts";
import { failed, usage, type NpmCall } from "./call.ts";
import { ask, type Failed } from "./http.ts";
import { escaped, ownName } from "./own.ts";
import { fieldsOf } from "./tree/manifest.ts";
import { notFound } from "./tree/source.ts";
import { splitSpec } from "./tree/spec.ts";

const ABOUT = "Modify package distribution tags";
const USAGE = [
  "dist-tag add <package-spec (with version)> [<tag>]",
  "dist-tag rm <package-spec> <tag>",
  "dist-tag ls [<package-spec>]",
];

export async function distTag(call: NpmCall): Promise<ExecResult> {
  const [action = "", spec, tag] = call.operands;
  if (["add", "a", "set", "s"].includes(action)) return add(call, spec ?? "", tag);
  if (["rm", "r", "del", "d", "remove"].includes(action)) return remove(call, spec ?? "", tag ?? "");
  if (["ls", "l", "sl", "list"].includes(action)) return list(call, spec);
  return spec === undefined ? list(call, action) : usage(ABOUT, USAGE);
}

type Tags = Readonly<Record<string, unknown>>;

async function tagsOf(call: NpmCall, name: string): Promise<Tags | Failed> {
  const answer = await ask(call, "GET", `/-/package/${escaped(name)}/dist-tags`);
  return "failure" in answer
    ? { ...answer, ...notFound(answer, { name, wanted: "*" }) }
    : fieldsOf(answer.body);
}

function isFailed(it: Tags | Failed): it is Failed {
  return "failure" in it && "status" in it && typeof it.failure === "object";
}

async function list(call: NpmCall, given: string | undefined): Promise<ExecResult> {
  const name = await ownName(call, given === undefined ? undefined : splitSpec(given)[0]);
  if (name === null) return usage(ABOUT, USAGE);
  const tags = await tagsOf(call, name);
  if (isFailed(tags)) {
    const { failure } = tags;
    return {
      ...failure,
      stderr: `npm error dist-tag ls Couldn't get dist-tag data for ${name}@*\n${failure.stderr}`,
    };
  }
  const lines = Object.entries(tags).map(([tag, version]) => `${tag}: ${String(version)}`);
  return result(`${lines.sort().join("\n")}\n`);
}

async function add(call: NpmCall, spec: string, given: string | undefined): Promise<ExecResult> {
  const [name, version] = splitSpec(spec);
  const tag = (given ?? call.config.get("tag") ?? "latest").trim();
  if (name === "" || version === "" || tag === "")
    return usage(ABOUT, USAGE, "must provide a spec with a name and version, and a tag to add");
  if (parseRange(tag)) return failed(null, [`Tag name must not be a valid SemVer range: ${tag}`]);
  const tags = await tagsOf(call, name);
  if (isFailed(tags)) return tags.failure;
  if (Object.hasOwn(tags, tag) && tags[tag] === version)
    return result("", `npm warn dist-tag add ${tag} is already set to version ${version}\n`);
  const answer = await ask(call, "PUT", pathFor(name, tag), version);
  return "failure" in answer
    ? notFound(answer, { name, wanted: version }).failure
    : result(`+${tag}: ${name}@${version}\n`);
}

async function remove(call: NpmCall, spec: string, tag: string): Promise<ExecResult> {
  const [name] = splitSpec(spec);
  if (name === "") return usage(ABOUT, USAGE);
  const tags = await tagsOf(call, name);
  if (isFailed(tags)) return tags.failure;
  if (!Object.hasOwn(tags, tag)) return failed(null, [`${tag} is not a dist-tag on ${name}`]);
  const answer = await ask(call, "DELETE", pathFor(name, tag));
  return "failure" in answer ? answer.failure : result(`-${tag}: ${name}@${String(tags[tag])}\n`);
}

function pathFor(name: string, tag: string): string {
  return `/-/package/${escaped(name)}/dist-tags/${encodeURIComponent(tag)}`;
}
