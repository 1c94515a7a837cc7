/** Changes of a configuration file. Each function returns git's exit code. */
import type { GitCall } from "../call.ts";
import {
  canonicalKey,
  parseConfig,
  removeSection,
  renameSection,
  setConfig,
  unsetConfig,
} from "../lib/config.ts";
import { die, stop } from "../lib/transcript.ts";

export interface ConfigFile {
  readonly fs: GitCall["fs"];
  readonly path: string;
}

async function read({ fs, path }: ConfigFile): Promise<string> {
  return (await fs.exists(path)) ? fs.readFile(path) : "";
}

async function write(file: ConfigFile, text: string): Promise<number> {
  const folder = file.path.slice(0, file.path.lastIndexOf("/"));
  if (!(await file.fs.exists(folder)))
    return stop(`error: could not lock config file ${file.path}: No such file or directory\n`, 255);
  await file.fs.writeFile(file.path, text);
  return 0;
}

type Matches = (value: string) => boolean;

function count(text: string, key: string, matches: Matches): number {
  const wanted = canonicalKey(key);
  return parseConfig(text).filter((line) => line.key === wanted && matches(line.value ?? "")).length;
}

export async function setValue(
  file: ConfigFile,
  key: string,
  value: string,
  matches: Matches,
): Promise<number> {
  const text = await read(file);
  if (count(text, key, matches) > 1) {
    return stop(
      `warning: ${key} has multiple values\nerror: cannot overwrite multiple values with a single value\n` +
        `       Use a regexp, --add or --replace-all to change ${key}.\n`,
      5,
    );
  }
  if (count(text, key, () => true) > 1) return write(file, replaceOne(text, key, value, matches));
  return write(file, setConfig(text, key, value, { add: count(text, key, matches) === 0 }));
}

function replaceOne(text: string, key: string, value: string, matches: Matches): string {
  const wanted = canonicalKey(key);
  const line = parseConfig(text).find(
    (candidate) => candidate.key === wanted && matches(candidate.value ?? ""),
  );
  if (!line) return setConfig(text, key, value, { add: true });
  const own = setConfig("[x]\n", `x.${key.slice(key.lastIndexOf(".") + 1)}`, value);
  return text.slice(0, line.start) + own.slice(own.indexOf("\n") + 1) + text.slice(line.end);
}

export async function addValue(file: ConfigFile, key: string, value: string): Promise<number> {
  return write(file, setConfig(await read(file), key, value, { add: true }));
}

/** All matching values become one, at the place of the last. */
export async function replaceValues(
  file: ConfigFile,
  key: string,
  value: string,
  matches: Matches,
): Promise<number> {
  let text = await read(file);
  const wanted = canonicalKey(key);
  const lines = parseConfig(text).filter((line) => line.key === wanted && matches(line.value ?? ""));
  for (const line of lines.slice(0, -1).toReversed()) text = text.slice(0, line.start) + text.slice(line.end);
  return write(
    file,
    lines.length === 0 ? setConfig(text, key, value, { add: true }) : replaceOne(text, key, value, matches),
  );
}

export async function unsetValues(
  file: ConfigFile,
  key: string,
  matches: Matches,
  all: boolean,
): Promise<number> {
  const text = await read(file);
  const found = count(text, key, matches);
  if (found === 0) return 5;
  if (found > 1 && !all) return stop(`warning: ${key} has multiple values\n`, 5);
  return write(file, unsetConfig(text, key, matches));
}

function sectionName(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? name.toLowerCase() : name.slice(0, dot).toLowerCase() + name.slice(dot);
}

export async function removeNamedSection(file: ConfigFile, name: string): Promise<number> {
  const text = removeSection(await read(file), sectionName(name));
  return text === null ? die(`no such section: ${name}`) : write(file, text);
}

export async function renameNamedSection(file: ConfigFile, from: string, to: string): Promise<number> {
  if (!/^[A-Za-z0-9.-]+(\..*)?$/.test(to)) return stop(`error: invalid section name: ${to}\n`, 255);
  const text = renameSection(await read(file), sectionName(from), sectionName(to));
  return text === null ? die(`no such section: ${from}`) : write(file, text);
}
