/** `npm view`. https://docs.npmjs.com/cli/commands/npm-view */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { failed, isFailure, packageJson, type NpmCall } from "./call.ts";
import { ask } from "./http.ts";

type Fields = Readonly<Record<string, unknown>>;

export async function view(call: NpmCall): Promise<ExecResult> {
  const [spec, ...wanted] = call.operands;
  const name = spec === undefined ? await ownName(call) : spec.replace(/(?!^)@.*$/, "");
  if (typeof name !== "string") return name;
  const answer = await ask(call, "GET", `/${name.replace("/", "%2f")}`);
  if ("failure" in answer) return notThere(answer.failure, spec === name ? `${name}@*` : (spec ?? name));
  const packument = answer.body as Fields;
  const version = versionOf(packument, spec?.slice(name.length + 1) || "latest");
  const manifest = version === null ? null : (fieldsOf(packument["versions"])[version] as Fields);
  if (version === null || !manifest)
    return notThere(
      failed("E404", [`404 No match found for version ${spec?.slice(name.length + 1)}`]),
      spec ?? name,
    );
  const all: Fields = {
    ...packument,
    ...manifest,
    versions: Object.keys(fieldsOf(packument["versions"])),
    time: packument["time"],
  };
  if (wanted.length > 0) return shownFields(all, wanted, call.config.has("json"));
  if (call.config.has("json")) return result(`${JSON.stringify(all, null, 2)}\n`);
  return result(overview(all));
}

async function ownName(call: NpmCall): Promise<string | ExecResult> {
  const manifest = await packageJson(call);
  return isFailure(manifest) ? manifest : String(manifest.name ?? "");
}

function notThere(failure: ExecResult, spec: string): ExecResult {
  if (!failure.stderr.includes("E404")) return failure;
  const more = [
    "404",
    `404  The requested resource '${spec}' could not be found or you do not have permission to access it.`,
    "404",
    "404 Note that you can also install from a",
    "404 tarball, folder, http url, or git url.",
  ];
  return { ...failure, stderr: failure.stderr + failed(null, more).stderr };
}

function versionOf(packument: Fields, wanted: string): string | null {
  const tag = fieldsOf(packument["dist-tags"])[wanted];
  if (typeof tag === "string") return tag;
  return Object.hasOwn(fieldsOf(packument["versions"]), wanted) ? wanted : null;
}

/** One field is printed bare; several as `name = value`. `a.b` goes down. */
function shownFields(all: Fields, wanted: readonly string[], json: boolean): ExecResult {
  const values = wanted
    .map((path) => [path, at(all, path)] as const)
    .filter(([, value]) => value !== undefined);
  if (values.length === 0) return result("");
  const [first] = values;
  if (json) {
    const value = values.length === 1 ? first?.[1] : Object.fromEntries(values);
    return result(`${JSON.stringify(value, null, 2)}\n`);
  }
  if (values.length === 1) return result(`${text(first?.[1])}\n`);
  return result(
    values
      .map(([path, value]) => `${path} = ${typeof value === "string" ? `'${value}'` : text(value)}\n`)
      .join(""),
  );
}

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const part of path.split(".")) {
    if (found === null || typeof found !== "object" || !Object.hasOwn(found, part)) return undefined;
    found = (found as Fields)[part];
  }
  return found;
}

/** As Node prints a value: single quotes, one line. */
function text(value: unknown): string {
  if (typeof value === "string") return value;
  return inspect(value);
}

function inspect(value: unknown): string {
  if (typeof value === "string") return `'${value}'`;
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(inspect).join(", ")} ]`;
  if (value === null || typeof value !== "object") return String(value);
  const pairs = Object.entries(value).map(
    ([key, it]) => `${/^[\w$]+$/.test(key) ? key : `'${key}'`}: ${inspect(it)}`,
  );
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === "object" ? (value as Fields) : {};
}

function overview(all: Fields): string {
  const dist = fieldsOf(all["dist"]);
  const people = Array.isArray(all["maintainers"]) ? (all["maintainers"] as readonly Fields[]) : [];
  const dependencies = Object.keys(fieldsOf(all["dependencies"]));
  const head = [
    `${all["name"]}@${all["version"]}`,
    String(all["license"] ?? "Proprietary"),
    `deps: ${dependencies.length || "none"}`,
    `versions: ${(all["versions"] as readonly string[]).length}`,
  ];
  const lines = [
    "",
    head.join(" | "),
    ...(all["description"] ? [String(all["description"])] : []),
    "",
    "dist",
    `.tarball: ${dist["tarball"]}`,
    `.shasum: ${dist["shasum"]}`,
    ...(dist["integrity"] ? [`.integrity: ${dist["integrity"]}`] : []),
    "",
    "maintainers:",
    ...people.map(({ name, email }) => `- ${name} <${email}>`),
    "",
    "dist-tags:",
    Object.entries(fieldsOf(all["dist-tags"]))
      .map(([tag, version]) => `${tag}: ${version}`)
      .join(" "),
    "",
    `published ${fieldsOf(all["time"])[String(all["version"])]}`,
    "",
  ];
  return lines.join("\n");
}
