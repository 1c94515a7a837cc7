/** `npm view`. https://docs.npmjs.com/cli/commands/npm-view */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { failed, isFailure, packageJson, type NpmCall } from "./call.ts";
import { compareVersions, satisfies } from "../../../base/semver.ts";
import { ask } from "./http.ts";

type Fields = Readonly<Record<string, unknown>>;

export async function view(call: NpmCall): Promise<ExecResult> {
  const [spec, ...wanted] = call.operands;
  const name = spec === undefined ? await ownName(call) : spec.replace(/(?!^)@.*$/, "");
  if (typeof name !== "string") return name;
  const answer = await ask(call, "GET", `/${name.replace("/", "%2f")}`);
  if ("failure" in answer) return notThere(answer.failure, spec === name ? `${name}@*` : (spec ?? name));
  const packument = answer.body as Fields;
  const time = fieldsOf(packument["time"]);
  const unpublished = fieldsOf(time["unpublished"])["time"];
  if (unpublished !== undefined)
    return notThere(failed("E404", [`404 Unpublished on ${String(unpublished)}`]), name);
  const told = spec?.slice(name.length + 1) ?? "";
  const asked = told === "" || told === "*" ? (call.config.get("tag") ?? "latest") : told;
  const shown = versionsOf(packument, asked).map((version) => about(packument, version));
  if (shown.length === 0)
    return notThere(failed("E404", [`404 No match found for version ${asked}`]), `${name}@${asked}`);
  if (wanted.length > 0) return shownFields(name, shown, wanted, call.config.has("json"));
  if (call.config.has("json"))
    return result(`${JSON.stringify(shown.length === 1 ? shown[0] : shown, null, 2)}\n`);
  return result(shown.map(overview).join(""));
}

/** What can be asked of one version. */
function about(packument: Fields, version: string): Fields {
  const versions = Object.keys(fieldsOf(packument["versions"])).sort(compareVersions);
  return {
    ...packument,
    ...fieldsOf(fieldsOf(packument["versions"])[version]),
    versions,
    time: packument["time"],
  };
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

/** The version of a tag; all that a range takes in. */
function versionsOf(packument: Fields, wanted: string): string[] {
  const tags = fieldsOf(packument["dist-tags"]);
  const tag = Object.hasOwn(tags, wanted) ? String(tags[wanted]) : wanted;
  return Object.keys(fieldsOf(packument["versions"])).filter((version) => satisfies(version, tag));
}

/** One field is printed bare; several as `name = value`; with several versions each says which. `a.b` goes down. */
function shownFields(
  name: string,
  all: readonly Fields[],
  wanted: readonly string[],
  json: boolean,
): ExecResult {
  const found = all.map((fields) => ({
    version: String(fields["version"]),
    values: wanted
      .map((path) => [path, at(fields, path)] as const)
      .filter(([, value]) => value !== undefined),
  }));
  if (found.every(({ values }) => values.length === 0)) return result("");
  if (json) {
    const objects = found.map(({ values }) =>
      wanted.length === 1 ? values[0]?.[1] : Object.fromEntries(values),
    );
    return result(`${JSON.stringify(objects.length === 1 ? objects[0] : objects, null, 2)}\n`);
  }
  const many = found.length > 1;
  const named = found.some(({ values }) => values.length > 1);
  const lines = found.flatMap(({ version, values }) =>
    values.map(([path, value]) => {
      const shown = many || named ? inspect(value) : text(value);
      return `${many ? `${name}@${version} ` : ""}${named ? `${path} = ` : ""}${shown}\n`;
    }),
  );
  return result(lines.join(""));
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
  const bins = Object.keys(fieldsOf(all["bin"]));
  const lines = [
    "",
    head.join(" | "),
    ...(all["description"] ? [String(all["description"])] : []),
    ...(all["deprecated"] ? ["", `DEPRECATED ⚠️  - ${String(all["deprecated"])}`] : []),
    ...(bins.length > 0 ? ["", `bin: ${bins.join(", ")}`] : []),
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
