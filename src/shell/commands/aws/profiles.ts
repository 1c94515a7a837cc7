/** `~/.aws/config` and `~/.aws/credentials`. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
import { toUtf8 } from "../../../base/bytes.ts";
import { readBytes, writeBytes } from "../lib/invocation.ts";
import { environment, type Machine } from "./machine.ts";
import { AwsStop } from "./stop.ts";

/** Names to values of one section. */
export type Section = ReadonlyMap<string, string>;

export interface Profiles {
  /** By name of the profile. */
  readonly config: ReadonlyMap<string, Section>;
  readonly credentials: ReadonlyMap<string, Section>;
}

export type ConfigFile = "config" | "credentials";

export function pathOfFile(machine: Machine, file: ConfigFile): string {
  const variable = file === "config" ? "AWS_CONFIG_FILE" : "AWS_SHARED_CREDENTIALS_FILE";
  return environment(machine, variable) ?? `${environment(machine, "HOME") ?? ""}/.aws/${file}`;
}

export async function readProfiles(machine: Machine): Promise<Profiles> {
  const config = sectionsOf(await textOf(machine, "config"));
  const named = [...config].flatMap(([name, section]) => {
    const profile = name === "default" ? name : /^profile\s+"?([^"]+?)"?$/.exec(name)?.[1];
    return profile === undefined ? [] : [[profile, section] as const];
  });
  return { config: new Map(named), credentials: sectionsOf(await textOf(machine, "credentials")) };
}

async function textOf(machine: Machine, file: ConfigFile): Promise<string> {
  const bytes = await readBytes(machine.context, pathOfFile(machine, file));
  return typeof bytes === "string" ? "" : toUtf8(bytes);
}

function sectionsOf(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const title = sectionTitle(line);
    const pair = /^([^\s#;=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (title !== undefined) {
      current = sections.get(title) ?? new Map<string, string>();
      sections.set(title, current);
    } else if (pair) current?.set(pair[1] as string, pair[2] as string);
  }
  return sections;
}

function sectionTitle(line: string): string | undefined {
  return /^\s*\[\s*([^\]]*?)\s*\]\s*$/.exec(line)?.[1];
}

/** Puts a value into a section and leaves everything else as it is. */
export async function writeValue(
  machine: Machine,
  file: ConfigFile,
  profile: string,
  name: string,
  value: string,
): Promise<void> {
  const title = file === "config" && profile !== "default" ? `profile ${profile}` : profile;
  const path = pathOfFile(machine, file);
  const { fs, cwd } = machine.context;
  const folder = path.slice(0, path.lastIndexOf("/"));
  if (folder !== "") await fs.mkdir(fs.resolvePath(cwd, folder), { recursive: true });
  const problem = await writeBytes(
    machine.context,
    path,
    withValue(await textOf(machine, file), title, name, value),
  );
  if (problem !== null) throw new AwsStop(`[Errno 13] ${problem}: '${path}'`, 255);
  await fs.chmod(fs.resolvePath(cwd, path), 0o600);
}

function withValue(text: string, title: string, name: string, value: string): string {
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  const line = `${name} = ${value}`;
  const begin = lines.findIndex((it) => sectionTitle(it) === title);
  if (begin < 0) return `${[...lines, `[${title}]`, line].join("\n")}\n`;
  const after = lines.findIndex((it, i) => i > begin && sectionTitle(it) !== undefined);
  const end = after < 0 ? lines.length : after;
  const there = lines.findIndex((it, i) => i > begin && i < end && it.split("=")[0]?.trim() === name);
  if (there >= 0) lines[there] = line;
  else lines.splice(end, 0, line);
  return `${lines.join("\n")}\n`;
}
