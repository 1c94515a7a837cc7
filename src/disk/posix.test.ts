/** The same random operations on our disk and on the real filesystem of the machine that runs the tests. */
import type * as NodeFs from "node:fs";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { Disk } from "./disk.ts";
import type { User } from "./user.ts";

// Imports of node:fs are answered by a stand-in: nothing of LeakLab reads the host. This test is the exception.
const fs = process.getBuiltinModule("node:fs");
const onLinux = process.platform === "linux";
const scratch = fs.mkdtempSync("/tmp/disk-");
fs.chmodSync(scratch, 0o755);
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

type Step = { readonly op: string; readonly a: string; readonly b: string; readonly mode: number };

// Few names, so that the operations meet each other.
const part = fc.constantFrom("a", "a", "a", "a", "b", "b", "b", "c", ".", "..");
const where = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 5 }))
  .filter(([parts]) => parts.filter((name) => name === "..").length <= 2)
  .map(([parts, slash]) => parts.join("/") + (slash === 0 ? "/" : ""));
const operations = [
  ["write", 6],
  ["append", 2],
  ["read", 2],
  ["mkdir", 6],
  ["mkdirs", 3],
  ["remove", 3],
  ["removeAll", 1],
  ["rename", 6],
  ["link", 4],
  ["symlink", 4],
  ["symlinkAbsolute", 2],
  ["readlink", 1],
  ["realpath", 1],
  ["chmod", 3],
  ["stat", 2],
  ["lstat", 2],
  ["list", 2],
  ["utimes", 1],
] as const;
const step: fc.Arbitrary<Step> = fc.record({
  op: fc.oneof(...operations.map(([op, weight]) => ({ arbitrary: fc.constant(op), weight }))),
  a: where,
  b: where,
  mode: fc.constantFrom(0o777, 0o755, 0o700, 0o644, 0o500, 0o444, 0o300, 0o1777, 0o000),
});

function ours(disk: Disk, base: string, { op, a, b, mode }: Step, user: User): unknown {
  const at = `${base}/${a}`;
  const to = `${base}/${b}`;
  switch (op) {
    case "write":
      return disk.write(at, b, user);
    case "append":
      return disk.append(at, b, user);
    case "read":
      return Buffer.from(disk.read(at, user)).toString();
    case "mkdir":
      return disk.mkdir(at, {}, user);
    case "mkdirs":
      return disk.mkdir(at, { recursive: true }, user);
    case "remove":
      return disk.remove(at, {}, user);
    case "removeAll":
      return disk.remove(at, { recursive: true }, user);
    case "rename":
      return disk.rename(at, to, user);
    case "link":
      return disk.link(at, to, user);
    case "symlink":
      return disk.symlink(a, to, user);
    case "symlinkAbsolute":
      return disk.symlink(at, to, user);
    case "readlink":
      return disk.readlink(at, user);
    case "realpath":
      return disk.realpath(at, user);
    case "chmod":
      return disk.chmod(at, mode, user);
    case "stat":
      return kindOf(disk.stat(at, {}, user));
    case "lstat":
      return kindOf(disk.stat(at, { follow: false }, user));
    case "list":
      return disk.list(at, user);
    default:
      return disk.utimes(at, 1000 * mode, user);
  }
}

function kindOf(stat: {
  isFile: boolean;
  isDirectory: boolean;
  size: number;
  mode: number;
  nlink: number;
}): unknown {
  const { isFile, isDirectory, size, mode, nlink } = stat;
  return { isFile, isDirectory, mode, size: isDirectory ? 0 : size, nlink: isDirectory ? 1 : nlink };
}

function realKind(stat: NodeFs.Stats): unknown {
  const { size, mode, nlink } = stat;
  return kindOf({ isFile: stat.isFile(), isDirectory: stat.isDirectory(), size, mode: mode & 0o7777, nlink });
}

function realRemove(at: string): void {
  try {
    fs.unlinkSync(at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EISDIR") throw error;
    fs.rmdirSync(at);
  }
}

function real(base: string, { op, a, b, mode }: Step): unknown {
  const at = `${base}/${a}`;
  const to = `${base}/${b}`;
  switch (op) {
    case "write":
      return fs.writeFileSync(at, b);
    case "append":
      return fs.appendFileSync(at, b);
    case "read":
      return fs.readFileSync(at, "utf8");
    case "mkdir":
      return fs.mkdirSync(at);
    case "mkdirs":
      return void fs.mkdirSync(at, { recursive: true });
    case "remove":
      return realRemove(at);
    case "removeAll":
      return fs.rmSync(at, { recursive: true });
    case "rename":
      return fs.renameSync(at, to);
    case "link":
      return fs.linkSync(at, to);
    case "symlink":
      return fs.symlinkSync(a, to);
    case "symlinkAbsolute":
      return fs.symlinkSync(at, to);
    case "readlink":
      return fs.readlinkSync(at);
    case "realpath":
      return fs.realpathSync.native(at);
    case "chmod":
      return fs.chmodSync(at, mode);
    case "stat":
      return realKind(fs.statSync(at));
    case "lstat":
      return realKind(fs.lstatSync(at));
    case "list":
      return fs.readdirSync(at).sort();
    default:
      return fs.utimesSync(at, mode, mode);
  }
}

function outcome(act: () => unknown): unknown {
  try {
    return act() ?? "done";
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return { code };
  }
}

function realTree(at: string): string[] {
  const stat = fs.lstatSync(at);
  const mode = (stat.mode & 0o7777).toString(8);
  if (stat.isSymbolicLink()) return [`${at} -> ${fs.readlinkSync(at)}`];
  if (stat.isFile()) return [`${at} ${mode} ${stat.nlink} ${fs.readFileSync(at, "utf8")}`];
  const names = fs.readdirSync(at).sort();
  return [`${at}/ ${mode}`, ...names.flatMap((name) => realTree(`${at}/${name}`))];
}

function ourTree(disk: Disk, base: string): string[] {
  return Array.from(disk.walk(base), ([at, node]) => {
    if (node.kind === "link") return `${at} -> ${node.target}`;
    const mode = node.mode.toString(8);
    if (node.kind === "directory") return `${at}/ ${mode}`;
    return `${at} ${mode} ${disk.stat(at, { follow: false }).nlink} ${disk.readText(at)}`;
  });
}

/** What the two may answer differently: see the notes beside. */
function tolerated(step: Step, nobody: boolean): boolean {
  // utimes serves touch too, which needs no more than write permission.
  if (step.op === "utimes") return nobody;

  const dots = /(^|\/)\.{1,2}\/?$/;
  // Which of EBUSY, EINVAL, EISDIR, ENOTEMPTY a name of dots gives differs between unlink, rmdir and rm.
  // rmSync looks through a closing slash before it removes, as unlink(2) and rm do not.
  if (step.op === "removeAll" && step.a.endsWith("/")) return true;
  if (step.op === "remove" || step.op === "removeAll") return dots.test(step.a);
  return false;
}

let count = 0;

function compare(steps: readonly Step[], isNobody: () => boolean): void {
  const top = `${scratch}/${count++}`;
  const base = `${top}/x/y/z`;
  fs.mkdirSync(base, { recursive: true });
  fs.chmodSync(base, 0o777);
  const disk = new Disk({ now: () => 0 });
  disk.mkdir(base, { recursive: true });
  disk.chmod(base, 0o777);
  try {
    for (const step of steps) {
      const nobody = isNobody();
      if (tolerated(step, nobody)) continue;
      const act = () => outcome(() => real(base, step));
      const theirs = nobody ? asNobody(act) : act();
      const user: User = { name: nobody ? "nobody" : "root" };
      const mine = outcome(() => ours(disk, base, step, user));
      expect({ step, user, outcome: mine }).toEqual({ step, user, outcome: theirs });
    }
    expect(ourTree(disk, base)).toEqual(realTree(base));
  } finally {
    fs.rmSync(top, { recursive: true, force: true });
  }
}

const runs = { numRuns: Number(process.env["DISK_RUNS"] ?? 400), seed: 20261123 };
const sequences = fc.array(step, { minLength: 5, maxLength: 40 });

const isRoot = onLinux && process.getuid?.() === 0;
const NOBODY = 65534;

function asNobody<T>(act: () => T): T {
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

test.runIf(isRoot)("does what Linux does, for root", () => {
  fc.assert(
    fc.property(sequences, (steps) => compare(steps, () => false)),
    runs,
  );
});

test.runIf(isRoot)("does what Linux does, for two users in one tree", () => {
  const groups = process.getgroups?.() ?? [];
  process.setgroups?.([]);
  try {
    fc.assert(
      fc.property(sequences, fc.infiniteStream(fc.boolean()), (steps, nobody) => {
        compare(steps, () => nobody.next().value as boolean);
      }),
      runs,
    );
  } finally {
    process.setgroups?.(groups);
  }
});
