import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Disk } from "./disk.ts";
import { standardDevices } from "./device.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import type { User } from "./user.ts";

const ANNA: User = { name: "anna" };
const BERT: User = { name: "bert", groups: ["anna"] };
const EVE: User = { name: "eve" };

function makeDisk(limits = DEFAULT_LIMITS) {
  const clock = { ms: 1000 };
  const disk = new Disk({ now: () => clock.ms, limits });
  return { disk, clock };
}

function code(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "done";
}

/** A few files of every kind. */
function sample(): Disk {
  const { disk } = makeDisk();
  disk.mkdir("/home/anna/src", { recursive: true });
  disk.write("/home/anna/src/a.txt", "alpha");
  disk.write("/home/anna/b.bin", Uint8Array.of(0, 255, 128));
  disk.symlink("src/a.txt", "/home/anna/link");
  disk.link("/home/anna/src/a.txt", "/home/hard");
  disk.mknod("/null", "null");
  disk.chown("/home/anna", "anna");
  return disk;
}

describe("time", () => {
  test("a write marks the file, a new name its directory, at the virtual time", () => {
    const { disk, clock } = makeDisk();
    const times = (...paths: string[]) => paths.map((path) => disk.stat(path).mtimeMs);
    disk.mkdir("/d");
    clock.ms = 2000;
    disk.write("/d/f", "1");
    expect(times("/", "/d", "/d/f")).toEqual([1000, 2000, 2000]);
    clock.ms = 3000;
    disk.write("/d/f", "2");
    expect(times("/", "/d", "/d/f")).toEqual([1000, 2000, 3000]);
    clock.ms = 4000;
    disk.chmod("/d/f", 0o600);
    disk.rename("/d/f", "/g");
    expect(times("/", "/d", "/g")).toEqual([4000, 4000, 3000]);
    clock.ms = 5000;
    disk.remove("/g");
    expect(times("/", "/d")).toEqual([5000, 4000]);
    disk.utimes("/d", 77);
    expect(times("/d")).toEqual([77]);
  });
});

describe("hard links and inodes", () => {
  test("names of one file share content and attributes until the last is gone", () => {
    const { disk } = makeDisk();
    disk.write("/a", "1");
    const { ino } = disk.stat("/a");
    disk.link("/a", "/b");
    disk.link("/b", "/c");
    disk.write("/c", "22");
    disk.chmod("/b", 0o600);
    expect(disk.readText("/a")).toBe("22");
    expect(disk.stat("/a")).toMatchObject({ ino, nlink: 3, mode: 0o600, size: 2 });
    expect(disk.usage()).toEqual({ bytes: 2, entries: 3 });
    disk.remove("/a");
    disk.rename("/b", "/z");
    disk.remove("/c");
    expect(disk.stat("/z")).toMatchObject({ ino, nlink: 1, size: 2 });
    disk.remove("/z");
    expect(disk.usage()).toEqual({ bytes: 0, entries: 0 });
  });

  test("a write and a rename keep the inode number, a new file has a new one", () => {
    const { disk } = makeDisk();
    disk.write("/a", "1");
    const { ino } = disk.stat("/a");
    disk.write("/a", "2");
    disk.rename("/a", "/b");
    expect(disk.stat("/b").ino).toBe(ino);
    disk.write("/a", "1");
    expect(disk.stat("/a").ino).not.toBe(ino);
  });
});

describe("permissions", () => {
  const cases: [mode: number, user: User, read: string, write: string][] = [
    [0o600, ANNA, "done", "done"],
    [0o600, BERT, "EACCES", "EACCES"],
    [0o640, BERT, "done", "EACCES"],
    [0o640, EVE, "EACCES", "EACCES"],
    [0o644, EVE, "done", "EACCES"],
    [0o606, BERT, "EACCES", "EACCES"],
    [0o066, ANNA, "EACCES", "EACCES"],
    [0o000, { name: "root" }, "done", "done"],
  ];
  test.each(cases)("mode %o for %j", (mode, user, read, write) => {
    const { disk } = makeDisk();
    disk.write("/f", "x");
    disk.chown("/f", "anna");
    disk.chmod("/f", mode);
    expect(code(() => disk.read("/f", user))).toBe(read);
    expect(code(() => disk.write("/f", "y", user))).toBe(write);
  });

  test("new files belong to who makes them; only root gives files away", () => {
    const { disk } = makeDisk();
    disk.mkdir("/tmp");
    disk.chmod("/tmp", 0o1777);
    disk.write("/tmp/f", "", ANNA);
    disk.mkdir("/tmp/d", {}, ANNA);
    expect(disk.stat("/tmp/f")).toMatchObject({ owner: "anna", mode: 0o644 });
    expect(disk.stat("/tmp/d")).toMatchObject({ owner: "anna", mode: 0o755 });
    expect(code(() => disk.chown("/tmp/f", "eve", ANNA))).toBe("EPERM");
    expect(code(() => disk.chmod("/tmp/f", 0o777, EVE))).toBe("EPERM");
    expect(code(() => disk.remove("/tmp/f", {}, EVE))).toBe("EPERM");
    expect(code(() => disk.write("/root", "", EVE))).toBe("EACCES");
    expect(code(() => disk.mknod("/tmp/null", "null", 0o666, EVE))).toBe("EPERM");
  });

  test("what an unreadable directory holds cannot be reached, listed or walked", () => {
    const { disk } = makeDisk();
    disk.mkdir("/root");
    disk.write("/root/f", "x");
    disk.chmod("/root", 0o700);
    expect(code(() => disk.read("/root/f", EVE))).toBe("EACCES");
    expect(code(() => disk.list("/root", EVE))).toBe("EACCES");
    expect(disk.exists("/root/f", EVE)).toBe(false);
    expect(Array.from(disk.walk("/", EVE), ([path]) => path)).toEqual(["/", "/root"]);
  });

  test("a refused recursive removal removes nothing", () => {
    const { disk } = makeDisk();
    disk.mkdir("/d/e", { recursive: true });
    disk.chown("/d", "anna");
    disk.write("/d/e/f", "x");
    disk.chmod("/", 0o777);
    const before = disk.digest();
    expect(code(() => disk.remove("/d", { recursive: true }, ANNA))).toBe("EACCES");
    expect(disk.digest()).toBe(before);
  });
});

describe("limits", () => {
  const limits = { fileBytes: 10, totalBytes: 25, entries: 6, depth: 3 };
  const cases: [string, (disk: Disk) => void, string][] = [
    ["a file too large", (disk) => disk.write("/a", "x".repeat(11)), "EFBIG"],
    ["appended too much", (disk) => disk.append("/d/f", "x".repeat(6)), "EFBIG"],
    [
      "too much in all",
      (disk) => ["1", "2", "3"].forEach((n) => disk.write(`/${n}`, "x".repeat(10))),
      "ENOSPC",
    ],
    ["too many names", (disk) => "12345".split("").forEach((n) => disk.write(`/${n}`, "")), "ENOSPC"],
    ["too many directories at once", (disk) => disk.mkdir("/1/2/3/4/5", { recursive: true }), "ENOSPC"],
    ["too deep", (disk) => disk.mkdir("/d/e/f/g", { recursive: true }), "ENOSPC"],
    [
      "too deep by a rename",
      (disk) => (disk.mkdir("/p/q", { recursive: true }), disk.rename("/d", "/p/q/d")),
      "ENOSPC",
    ],
    [
      "too much by a copy",
      (disk) => (disk.write("/d/g", "x".repeat(10)), disk.copy("/d", "/e", { recursive: true })),
      "ENOSPC",
    ],
    ["too many hard links", (disk) => "12345".split("").forEach((n) => disk.link("/d/f", `/${n}`)), "ENOSPC"],
  ];
  test.each(cases)("%s", (_, act, expected) => {
    const { disk } = makeDisk(limits);
    disk.mkdir("/d");
    disk.write("/d/f", "12345");
    expect(code(() => act(disk))).toBe(expected);
    expect(disk.readText("/d/f")).toBe("12345");
    const { bytes, entries } = Disk.restore(disk.snapshot(), { now: () => 0 }).usage();
    expect(disk.usage()).toEqual({ bytes, entries });
    disk.remove("/d", { recursive: true });
    disk.write("/small", "x");
  });

  test("a refused step changes nothing", () => {
    const { disk } = makeDisk(limits);
    disk.mkdir("/d");
    disk.write("/d/f", "12345");
    const before = disk.digest();
    code(() => disk.mkdir("/1/2/3/4/5", { recursive: true }));
    code(() => disk.write("/d/f", "x".repeat(11)));
    code(() => disk.write("/new", "x".repeat(11)));
    expect(disk.digest()).toBe(before);
  });
});

describe("hostile paths", () => {
  const cases: [string, string, string][] = [
    ["NUL", "/a\0b", "EINVAL"],
    ["empty", "", "ENOENT"],
    ["a name of 256 bytes", `/${"é".repeat(128)}`, "ENAMETOOLONG"],
    ["a path of 4096 bytes", "/abc".repeat(1024), "ENAMETOOLONG"],
    ["half a surrogate pair", "/\ud800", "EILSEQ"],
    ["a closing slash", "/new/", "EISDIR"],
    ["below a file", "/f/g", "ENOTDIR"],
    ["a loop", "/loop", "ELOOP"],
    ["a loop on the way", "/loop/x", "ELOOP"],
  ];
  test.each(cases)("%s", (_, path, expected) => {
    const { disk } = makeDisk();
    disk.write("/f", "");
    disk.symlink("loop", "/loop");
    const before = disk.digest();
    expect(code(() => disk.write(path, "x"))).toBe(expected);
    expect(disk.exists(path)).toBe(false);
    expect(disk.digest()).toBe(before);
  });

  test("nothing is above the root, and no name is special to JavaScript", () => {
    const { disk } = makeDisk();
    disk.write("/../../a", "1");
    for (const name of ["__proto__", "constructor", "toString"]) disk.write(`/${name}`, name);
    expect(disk.list("/")).toEqual(["__proto__", "a", "constructor", "toString"]);
    expect(disk.readText("/__proto__")).toBe("__proto__");
    expect(code(() => (disk.mknod("/dev", "constructor"), disk.read("/dev")))).toBe("ENXIO");
  });
});

describe("devices", () => {
  test("null swallows, zero gives, full is full, random comes from the world", () => {
    const random = (length: number) => new Uint8Array(length).fill(7);
    const disk = new Disk({ now: () => 0, devices: standardDevices(random) });
    for (const name of ["null", "zero", "full", "random"]) disk.mknod(`/${name}`, name);
    disk.write("/null", "gone");
    disk.append("/null", "gone");
    expect(disk.read("/null").length).toBe(0);
    expect(disk.read("/zero").every((byte) => byte === 0)).toBe(true);
    expect(disk.read("/random")[0]).toBe(7);
    expect(code(() => disk.write("/full", "x"))).toBe("ENOSPC");
    expect(disk.stat("/null")).toMatchObject({ isFile: false, kind: "device", size: 0 });
    disk.copy("/zero", "/copy");
    expect(disk.stat("/copy").isFile).toBe(true);
  });
});

describe("copy", () => {
  test("without recursive a link is followed, with it links stay links", () => {
    const disk = sample();
    disk.copy("/home/anna/link", "/followed");
    expect(disk.readText("/followed")).toBe("alpha");
    disk.copy("/home", "/copy", { recursive: true });
    expect(disk.readlink("/copy/anna/link")).toBe("src/a.txt");
    disk.write("/copy/anna/src/a.txt", "changed");
    expect(disk.readText("/home/hard")).toBe("alpha");
    expect(disk.stat("/copy/hard").nlink).toBe(1);
  });

  test.each([
    ["/home", "/x", false, "EISDIR"],
    ["/home", "/home/anna/x", true, "EINVAL"],
    ["/home", "/null", true, "ENOTDIR"],
    ["/home/hard", "/home/anna", false, "EISDIR"],
    ["/none", "/x", true, "ENOENT"],
  ])("%s to %s", (from, to, recursive, expected) => {
    expect(code(() => sample().copy(from, to, { recursive }))).toBe(expected);
  });
});

describe("bytes", () => {
  test("neither the writer's array nor the reader's leads into the disk", async () => {
    const { disk } = makeDisk();
    const bytes = Uint8Array.of(1, 2);
    disk.write("/f", bytes);
    bytes[0] = 9;
    const view = disk.as({ name: "root" });
    (await view.readFileBuffer("/f"))[1] = 9;
    expect([...disk.read("/f")]).toEqual([1, 2]);
  });
});

describe("digest", () => {
  const changes: [string, (disk: Disk) => void][] = [
    ["one byte", (disk) => disk.write("/home/anna/b.bin", Uint8Array.of(0, 254, 128))],
    ["a byte of a hard-linked file", (disk) => disk.write("/home/hard", "Alpha")],
    ["a file's time", (disk) => disk.utimes("/home/anna/b.bin", 5)],
    ["a directory's time", (disk) => disk.utimes("/home/anna/src", 5)],
    ["a file's mode", (disk) => disk.chmod("/home/anna/b.bin", 0o600)],
    ["a directory's mode", (disk) => disk.chmod("/home/anna/src", 0o700)],
    ["the root's mode", (disk) => disk.chmod("/", 0o700)],
    ["a file's owner", (disk) => disk.chown("/home/anna/b.bin", "eve")],
    ["a directory's owner", (disk) => disk.chown("/home/anna/src", "eve")],
    ["a name", (disk) => disk.rename("/home/anna/b.bin", "/home/anna/c.bin")],
    [
      "a link's target",
      (disk) => (disk.remove("/home/anna/link"), disk.symlink("src/b.txt", "/home/anna/link")),
    ],
    ["a device", (disk) => (disk.remove("/null"), disk.mknod("/null", "zero"))],
    ["a file for a hard link", (disk) => (disk.remove("/home/hard"), disk.write("/home/hard", "alpha"))],
    [
      "a file for a link",
      (disk) => (disk.remove("/home/anna/link"), disk.write("/home/anna/link", "src/a.txt")),
    ],
    ["an empty directory", (disk) => disk.mkdir("/home/anna/src/empty")],
  ];
  test.each(changes)("changes with %s", (_, change) => {
    const disk = sample();
    const before = disk.digest();
    const fork = disk.fork();
    change(fork);
    expect(fork.digest()).not.toBe(before);
    expect(disk.digest()).toBe(before);
    expect(sample().digest()).toBe(before);
  });

  test("which names are one file counts, not only that some are", () => {
    const pairs = (...links: [string, string][]) => {
      const { disk } = makeDisk();
      for (const name of ["a", "b"]) disk.write(`/${name}`, "same");
      for (const [from, to] of links) disk.link(from, to);
      return disk.digest();
    };
    expect(pairs(["/a", "/c"], ["/b", "/d"])).not.toBe(pairs(["/a", "/d"], ["/b", "/c"]));
    expect(pairs(["/a", "/c"], ["/b", "/d"])).toBe(pairs(["/b", "/d"], ["/a", "/c"]));
  });

  test("does not know what was there before", () => {
    const disk = sample();
    const before = disk.digest();
    disk.write("/home/extra", "x");
    disk.link("/home/anna/b.bin", "/home/again");
    expect(disk.digest()).not.toBe(before);
    disk.remove("/home/extra");
    disk.remove("/home/again");
    expect(disk.digest()).toBe(before);
  });
});

type Step = readonly [op: string, a: string, b: string];
const where = fc
  .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 })
  .map((parts) => `/${parts.join("/")}`);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(
    fc.constantFrom("write", "mkdir", "remove", "rename", "link", "symlink", "chmod", "copy"),
    where,
    where,
  ),
  { maxLength: 25 },
);

function play(disk: Disk, todo: readonly Step[]): void {
  const run: Record<string, (a: string, b: string) => void> = {
    write: (a, b) => disk.write(a, b),
    mkdir: (a) => disk.mkdir(a, { recursive: true }),
    remove: (a) => disk.remove(a, { recursive: true }),
    rename: (a, b) => disk.rename(a, b),
    link: (a, b) => disk.link(a, b),
    symlink: (a, b) => disk.symlink(a, b),
    chmod: (a, b) => disk.chmod(a, b.length * 64),
    copy: (a, b) => disk.copy(a, b, { recursive: true }),
  };
  for (const [op, a, b] of todo) code(() => run[op]?.(a, b));
}

describe("forks and snapshots", () => {
  const runs = { numRuns: 300, seed: 7 };

  test("what is done to one side never shows on the other", () => {
    const property = (before: Step[], left: Step[], right: Step[], more: Step[]) => {
      const { disk } = makeDisk();
      play(disk, before);
      const start = structuredClone(disk.snapshot());
      const fork = disk.fork();
      const second = disk.fork();
      play(disk, left);
      play(fork, right);
      const third = fork.fork();
      play(fork, more);
      const expected = (...all: Step[][]) => {
        const fresh = Disk.restore(start, { now: () => 1000 });
        for (const todo of all) play(fresh, todo);
        return fresh.snapshot();
      };
      expect(second.snapshot()).toEqual(start);
      expect(disk.snapshot()).toEqual(expected(left));
      expect(third.snapshot()).toEqual(expected(right));
      expect(fork.snapshot()).toEqual(expected(right, more));
    };
    fc.assert(fc.property(steps, steps, steps, steps, property), runs);
  });

  test("digests, once remembered, are those of a fresh disk; usage is what is there", () => {
    const property = (before: Step[], after: Step[]) => {
      const { disk } = makeDisk();
      play(disk, before);
      disk.digest();
      const fork = disk.fork();
      play(disk, after);
      for (const one of [disk, fork]) {
        const usage = one.usage();
        const fresh = Disk.restore(structuredClone(one.snapshot()), { now: () => 0 });
        expect(one.digest()).toBe(fresh.digest());
        expect(fresh.usage()).toEqual(usage);
        expect(fresh.snapshot()).toEqual(one.snapshot());
      }
    };
    fc.assert(fc.property(steps, steps, property), runs);
  });

  test("a fork may have a clock of its own", () => {
    const disk = sample();
    const fork = disk.fork({ now: () => 9000 });
    fork.write("/new", "");
    disk.write("/new", "");
    expect([disk.stat("/new").mtimeMs, fork.stat("/new").mtimeMs]).toEqual([1000, 9000]);
  });

  test("a tree can be started from", () => {
    const disk = makeDisk().disk;
    disk.write("/f", "x");
    const [[, root]] = [...disk.walk("/")] as [[string, never]];
    const copy = new Disk({ now: () => 5, root });
    copy.write("/f", "y");
    copy.write("/g", "z");
    expect([disk.readText("/f"), copy.readText("/f")]).toEqual(["x", "y"]);
    expect(copy.usage()).toEqual({ bytes: 2, entries: 2 });
  });

  test.each(["..", "", "a/b", "."])("a snapshot with the name %j is refused", (name) => {
    const { disk } = makeDisk();
    disk.write("/f", "x");
    const data = JSON.parse(JSON.stringify(disk.snapshot()).replace('"f"', JSON.stringify(name)));
    expect(() => Disk.restore(data, { now: () => 0 })).toThrow("not a directory entry");
  });
});

describe("what was made of a content", () => {
  const lengthOf = (content: Uint8Array) => ({ length: content.length });

  test("is made once, also for forks, and anew for another content", () => {
    const disk = sample();
    disk.write("/f", "four");
    const first = disk.parsed("/f", lengthOf);
    const fork = disk.fork();
    expect(fork.parsed("/f", lengthOf)).toBe(first);
    fork.write("/f", "seven..");
    expect(fork.parsed("/f", lengthOf)).toEqual({ length: 7 });
    expect(disk.parsed("/f", lengthOf)).toBe(first);
    expect(disk.parsed("/f", (content) => content[0])).toBe(102);
  });

  test("is for those who may read it", () => {
    const disk = sample();
    disk.write("/f", "secret");
    disk.chmod("/f", 0o600);
    disk.parsed("/f", lengthOf);
    expect(code(() => disk.parsed("/f", lengthOf, EVE))).toBe("EACCES");
  });
});
