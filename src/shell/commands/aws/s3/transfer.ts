/** `aws s3 cp`, `mv`, `rm` and `sync`: what goes where, one file after another. https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html */
import type { ExecResult } from "just-bash/browser";
import { bytesResult, readBytes, result, stdinBytes, writeBytes } from "../../lib/invocation.ts";
import type { Machine } from "../machine.ts";
import { ServiceStop, usageStop } from "../stop.ts";
import { filesBelow, isFolder } from "./files.ts";
import { bucketOf, placeOf, shown, type ObjectPlace, type Place } from "./place.ts";
import type { Store } from "./store.ts";
import { passes, type Words } from "./words.ts";

type Kind = "upload" | "download" | "copy" | "move" | "delete";

interface Job {
  readonly from: Place;
  readonly to: Place | null;
}

/** What was said so far, and whether anything failed. */
class Report {
  stdout = "";
  stderr = "";
  failed = 0;

  readonly #quiet: boolean;
  readonly #silent: boolean;
  readonly #dry: boolean;

  constructor({ has }: Words) {
    this.#silent = has("--quiet");
    this.#quiet = this.#silent || has("--only-show-errors");
    this.#dry = has("--dryrun");
  }

  get dry(): boolean {
    return this.#dry;
  }

  done(kind: Kind, { from, to }: Job): void {
    if (this.#quiet) return;
    this.stdout += `${this.#dry ? "(dryrun) " : ""}${kind}: ${shown(from)}${to ? ` to ${shown(to)}` : ""}\n`;
  }

  problem(kind: Kind, { from, to }: Job, why: string): void {
    this.failed += 1;
    if (!this.#silent)
      this.stderr += `${kind} failed: ${shown(from)}${to ? ` to ${shown(to)}` : ""} ${why}\n`;
  }

  result(): ExecResult {
    return result(this.stdout, this.stderr, this.failed > 0 ? 1 : 0);
  }
}

export async function transfer(
  store: Store,
  words: Words,
  machine: Machine,
  move: boolean,
): Promise<ExecResult> {
  const [from, to] = words.places.map(placeOf) as [Place, Place];
  if (from.kind !== "s3" && to.kind !== "s3") throw usageStop("Invalid argument type");
  if (to.kind === "stream" && from.kind === "s3") return bytesResult(await headed(store, from));
  const recursive = words.has("--recursive");
  const jobs = recursive
    ? await manyJobs(store, machine, words, from, to)
    : [{ from, to: await target(machine, from, to) }];
  if (!recursive && from.kind === "s3") await store.head(from);
  if (!recursive && from.kind === "file" && !(await machine.context.fs.exists(absolute(machine, from.path))))
    return result("", `\nThe user-provided path ${from.path} does not exist.\n`, 255);
  const report = new Report(words);
  for (const job of jobs) await run(store, machine, report, job, move);
  return report.result();
}

async function headed(store: Store, from: ObjectPlace): Promise<Uint8Array> {
  await store.head(from);
  return store.get(from);
}

/** A folder takes the name of what comes in. */
async function target(machine: Machine, from: Place, to: Place): Promise<Place> {
  const name = from.kind === "s3" ? from.key : from.kind === "file" ? from.path : "";
  const last = name.slice(name.lastIndexOf("/") + 1);
  if (to.kind === "s3") return to.key === "" || to.key.endsWith("/") ? { ...to, key: to.key + last } : to;
  if (to.kind !== "file" || !(to.path.endsWith("/") || (await isFolder(machine, to.path)))) return to;
  return { kind: "file", path: joined(to.path, last) };
}

async function manyJobs(
  store: Store,
  machine: Machine,
  words: Words,
  from: Place,
  to: Place,
): Promise<Job[]> {
  const names = await namesBelow(store, machine, from);
  return names
    .filter((name) => passes(words, name))
    .map((name) => ({ from: below(from, name), to: below(to, name) }));
}

async function namesBelow(store: Store, machine: Machine, place: Place): Promise<string[]> {
  if (place.kind === "file") return filesBelow(machine, place.path);
  if (place.kind === "stream")
    throw usageStop("Streaming currently is only compatible with non-recursive cp commands");
  const prefix = folderKey(place.key);
  const { objects } = await store.list(place.bucket, prefix, null);
  return objects.map(({ key }) => key.slice(prefix.length)).filter((name) => name !== "");
}

function folderKey(key: string): string {
  return key === "" || key.endsWith("/") ? key : `${key}/`;
}

function below(place: Place, name: string): Place {
  if (place.kind === "s3") return { ...place, key: folderKey(place.key) + name };
  return place.kind === "file" ? { kind: "file", path: joined(place.path, name) } : place;
}

function joined(folder: string, name: string): string {
  return folder === "." ? name : `${folder.replace(/\/+$/, "")}/${name}`;
}

async function run(store: Store, machine: Machine, report: Report, job: Job, move: boolean): Promise<void> {
  const kind = move ? "move" : kindOf(job);
  try {
    const problem = report.dry ? null : await carry(store, machine, job);
    if (problem !== null) return report.problem(kind, job, problem);
    if (move && !report.dry) await drop(store, machine, job.from);
    report.done(kind, job);
  } catch (error) {
    if (!(error instanceof ServiceStop)) throw error;
    report.problem(kind, job, error.message);
  }
}

function kindOf({ from, to }: Job): Kind {
  if (from.kind !== "s3") return "upload";
  return to?.kind === "s3" ? "copy" : "download";
}

/** Null, or why a file of the machine cannot be read or written. */
async function carry(store: Store, machine: Machine, { from, to }: Job): Promise<string | null> {
  if (from.kind === "s3" && to?.kind === "s3") {
    await store.copy(from, to);
    return null;
  }
  if (from.kind === "s3") return to?.kind === "file" ? save(machine, to.path, await store.get(from)) : null;
  const bytes =
    from.kind === "stream" ? stdinBytes(machine.context) : await readBytes(machine.context, from.path);
  if (typeof bytes === "string") return `[Errno 2] ${bytes}: '${shown(from)}'`;
  if (to?.kind === "s3") await store.put(to, bytes);
  return null;
}

async function save(machine: Machine, path: string, bytes: Uint8Array): Promise<string | null> {
  const whole = absolute(machine, path);
  await machine.context.fs.mkdir(whole.slice(0, whole.lastIndexOf("/")) || "/", { recursive: true });
  const problem = await writeBytes(machine.context, path, bytes);
  return problem === null ? null : `[Errno 13] ${problem}: '${path}'`;
}

async function drop(store: Store, machine: Machine, from: Place): Promise<void> {
  if (from.kind === "s3") await store.remove(from);
  if (from.kind === "file") await machine.context.fs.rm(absolute(machine, from.path));
}

function absolute({ context }: Machine, path: string): string {
  return context.fs.resolvePath(context.cwd, path);
}

export async function remove(store: Store, words: Words): Promise<ExecResult> {
  const place = bucketOf(words.places[0] as string);
  const report = new Report(words);
  const keys = words.has("--recursive")
    ? (await store.list(place.bucket, folderKey(place.key), null)).objects.map(({ key }) => key)
    : [place.key];
  for (const key of keys) {
    if (!passes(words, key.slice(place.key.length).replace(/^\//, "") || key)) continue;
    const job = { from: { ...place, key }, to: null };
    try {
      if (!report.dry) await store.remove(job.from);
      report.done("delete", job);
    } catch (error) {
      if (!(error instanceof ServiceStop)) throw error;
      report.problem("delete", job, error.message);
    }
  }
  return report.result();
}

/** What is not there, or has another size, is copied; --delete takes away what is there alone. */
export async function sync(store: Store, words: Words, machine: Machine): Promise<ExecResult> {
  const [from, to] = words.places.map(placeOf) as [Place, Place];
  if (from.kind === "stream" || to.kind === "stream" || (from.kind !== "s3" && to.kind !== "s3"))
    throw usageStop("Invalid argument type");
  const [here, there] = [await sizesBelow(store, machine, from), await sizesBelow(store, machine, to)];
  const report = new Report(words);
  for (const [name, size] of here)
    if (passes(words, name) && there.get(name) !== size)
      await run(store, machine, report, { from: below(from, name), to: below(to, name) }, false);
  if (!words.has("--delete")) return report.result();
  for (const name of there.keys()) {
    if (here.has(name) || !passes(words, name)) continue;
    const gone = below(to, name);
    if (!report.dry) await drop(store, machine, gone);
    report.done("delete", { from: gone, to: null });
  }
  return report.result();
}

async function sizesBelow(store: Store, machine: Machine, place: Place): Promise<Map<string, number>> {
  if (place.kind === "s3") {
    const prefix = folderKey(place.key);
    const { objects } = await store.list(place.bucket, prefix, null);
    return new Map(objects.map(({ key, size }) => [key.slice(prefix.length), size]));
  }
  const sizes = new Map<string, number>();
  if (place.kind !== "file") return sizes;
  for (const name of await filesBelow(machine, place.path)) {
    const bytes = await readBytes(machine.context, joined(place.path, name));
    if (typeof bytes !== "string") sizes.set(name, bytes.length);
  }
  return sizes;
}
