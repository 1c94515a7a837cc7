/** The view against just-bash's own filesystem, and under just-bash and just-git. */
import { Bash, getCommandNames, InMemoryFs, type IFileSystem } from "just-bash/browser";
import { createGit } from "just-git";
import { describe, expect, test } from "vitest";
import { Disk } from "./disk.ts";
import { layOut } from "./layout.ts";
import type { DiskView } from "./view.ts";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

function machine(): { disk: Disk; view: DiskView } {
  const disk = new Disk({ now: () => NOW });
  layOut(disk, {
    hostname: "box",
    accounts: [{ name: "anna", uid: 1000 }],
    commands: ["bash", "git", ...getCommandNames()],
  });
  return { disk, view: disk.as({ name: "anna" }) };
}

/** Where the two agree: what commands rely on. */
const contract: [string, (fs: IFileSystem) => Promise<unknown>][] = [
  ["read text", (fs) => fs.readFile("/h/f")],
  ["read hex", (fs) => fs.readFile("/h/bin", "hex")],
  ["read base64", (fs) => fs.readFile("/h/bin", { encoding: "base64" })],
  ["read bytes", async (fs) => fs.readFileBytes?.("/h/bin")],
  ["read buffer", async (fs) => [...(await fs.readFileBuffer("/h/bin"))]],
  ["read missing", (fs) => fs.readFile("/h/none")],
  ["read directory", (fs) => fs.readFile("/h")],
  [
    "write latin1",
    async (fs) => (await fs.writeFile("/h/l", "é\u00ff", "latin1"), fs.readFile("/h/l", "hex")),
  ],
  ["write hex", async (fs) => (await fs.writeFile("/h/l", "00ff", "hex"), fs.readFile("/h/l", "base64"))],
  [
    "append",
    async (fs) => (await fs.appendFile("/h/f", "+"), await fs.appendFile("/h/n", "n"), fs.readFile("/h/f")),
  ],
  ["append to a directory", (fs) => fs.appendFile("/h", "x")],
  [
    "exists",
    async (fs) => [await fs.exists("/h/f"), await fs.exists("/h/dangling"), await fs.exists("/a\0")],
  ],
  ["stat missing", (fs) => fs.stat("/none")],
  ["lstat missing", (fs) => fs.lstat("/none")],
  ["stat", async (fs) => pick(await fs.stat("/h/link"))],
  ["lstat", async (fs) => pick(await fs.lstat("/h/link"))],
  ["mkdir existing file", (fs) => fs.mkdir("/h/f")],
  ["mkdir -p existing", (fs) => fs.mkdir("/h", { recursive: true })],
  ["mkdir without parent", (fs) => fs.mkdir("/h/x/y")],
  ["readdir", (fs) => fs.readdir("/h")],
  ["readdir file", (fs) => fs.readdir("/h/f")],
  ["readdir missing", (fs) => fs.readdir("/none")],
  ["readdir types", async (fs) => fs.readdirWithFileTypes?.("/h")],
  ["rm missing", (fs) => fs.rm("/none")],
  ["rm -f missing", (fs) => fs.rm("/none", { force: true })],
  ["rm full directory", (fs) => fs.rm("/h")],
  ["rm -r", async (fs) => (await fs.rm("/h/d", { recursive: true }), fs.readdir("/h"))],
  ["cp missing", (fs) => fs.cp("/none", "/x")],
  ["cp", async (fs) => (await fs.cp("/h/f", "/h/copy"), fs.readFile("/h/copy"))],
  ["cp -r", async (fs) => (await fs.cp("/h/d", "/h/e", { recursive: true }), fs.readFile("/h/e/x"))],
  ["mv missing", (fs) => fs.mv("/none", "/x")],
  ["mv", async (fs) => (await fs.mv("/h/d", "/h/e"), [await fs.readdir("/h"), await fs.readFile("/h/e/x")])],
  ["symlink over a file", (fs) => fs.symlink("x", "/h/f")],
  ["readlink", (fs) => fs.readlink("/h/link")],
  ["readlink of a file", (fs) => fs.readlink("/h/f")],
  ["link to missing", (fs) => fs.link("/none", "/h/z")],
  ["link to a directory", (fs) => fs.link("/h/d", "/h/z")],
  ["link over a file", (fs) => fs.link("/h/bin", "/h/f")],
  ["realpath", (fs) => fs.realpath("/h/link")],
  ["realpath missing", (fs) => fs.realpath("/none")],
  ["chmod", async (fs) => (await fs.chmod("/h/f", 0o600), (await fs.stat("/h/f")).mode)],
  ["chmod missing", (fs) => fs.chmod("/none", 0o600)],
  [
    "utimes",
    async (fs) => (await fs.utimes("/h/f", new Date(0), new Date(5)), (await fs.stat("/h/f")).mtime),
  ],
  [
    "resolvePath",
    async (fs) => ["b", "../b", "/c/./d/", "..", "../../..", ""].map((p) => fs.resolvePath("/a/x", p)),
  ],
];

function pick({
  isFile,
  isDirectory,
  isSymbolicLink,
  mode,
  size,
}: Awaited<ReturnType<IFileSystem["stat"]>>): unknown {
  return { isFile, isDirectory, isSymbolicLink, mode, size };
}

async function outcome(act: Promise<unknown>): Promise<unknown> {
  try {
    return (await act) ?? null;
  } catch (error) {
    return `throws ${(error as Error).message.replace(/^(\w+): .*, \w+ /, "$1 ")}`;
  }
}

async function fill(fs: IFileSystem): Promise<IFileSystem> {
  await fs.mkdir("/h/d", { recursive: true });
  await fs.writeFile("/h/f", "tëxt");
  await fs.writeFile("/h/bin", Uint8Array.of(0, 200, 255));
  await fs.writeFile("/h/d/x", "x");
  await fs.symlink("f", "/h/link");
  await fs.symlink("nowhere", "/h/dangling");
  return fs;
}

test.each(contract)("as just-bash's InMemoryFs: %s", async (_, act) => {
  const ours = await fill(new Disk({ now: () => NOW }).as({ name: "root" }));
  const theirs = await fill(new InMemoryFs());
  expect(await outcome(act(ours))).toEqual(await outcome(act(theirs)));
});

test("every file method of just-bash is there", () => {
  const { view } = machine();
  const names = Object.getOwnPropertyNames(InMemoryFs.prototype).filter((name) =>
    /^(read|write|mk|rm|cp|mv|[a-z]*stat|get)/.test(name),
  );
  const own = names.filter((name) => !/Sync$|Lazy$/.test(name));
  expect(own.filter((name) => !(name in view))).toEqual([]);
});

describe("under just-bash", () => {
  const lines: [string, string][] = [
    ["echo one > f && cat f && stat -c %a f", "one\n644\n"],
    ["echo x > /dev/null; cat /dev/null; echo $?", "0\n"],
    ["mkdir d && ln -s d e && echo x > e/x && cat d/x && rm -r d && ls", "x\ne\n"],
    ["cat /root/x", "cat: /root/x: No such file or directory\n"],
    ["for n in b a c; do touch $n; done; echo *", "a b c\n"],
    ["mkdir -p a/b && touch a/b/c && find a -type f", "a/b/c\n"],
    ["echo 1 > a; ln a b; echo 2 > b; cat a", "2\n"],
    ["printf x > a; chmod 000 a; cat a 2>/dev/null; echo $?", "1\n"],
    ["echo hi > a; mv a b; cp b c; cat b c; test -e a || echo gone", "hi\nhi\ngone\n"],
    ["which cat; cd /tmp && pwd", "/usr/bin/cat\n/tmp\n"],
    ["echo '#!/bin/bash\necho ran $1' > s.sh; chmod +x s.sh; ./s.sh it", "ran it\n"],
  ];
  test.each(lines)("%s", async (line, expected) => {
    const bash = new Bash({ fs: machine().view, cwd: "/home/anna" });
    const { stdout, stderr } = await bash.exec(line);
    expect(stdout + stderr).toBe(expected);
  });
});

describe("under just-git", () => {
  test("init, commit, branch with a link and an executable, clone, gc", async () => {
    const { disk, view } = machine();
    const git = createGit({ identity: { name: "Anna", email: "anna@example.com" } });
    const bash = new Bash({ fs: view, cwd: "/home/anna", customCommands: [git] });
    const run = async (line: string) => {
      const { stdout, stderr, exitCode } = await bash.exec(line);
      expect({ line, stderr: exitCode === 0 ? "" : stderr, exitCode }).toEqual({
        line,
        stderr: "",
        exitCode: 0,
      });
      return stdout;
    };
    await run("git init r && cd r && mkdir -p a/b && echo 1 > a/b/f && git add . && git commit -m one");
    await run(
      "cd r && git checkout -b other && ln -s a/b/f l && chmod +x a/b/f && git add . && git commit -m two",
    );
    await run("cd r && git checkout main && git checkout other && git gc");
    expect(disk.readlink("/home/anna/r/l")).toBe("a/b/f");
    expect(disk.stat("/home/anna/r/a/b/f").mode & 0o111).not.toBe(0);
    expect(await run("cd r && git status --porcelain")).toBe("");
    await run("git clone r c");
    expect(await run("cd c && git log --oneline | cat")).toContain("two");
    expect(await run("cat c/l")).toBe("1\n");
  });
});

describe("at once", () => {
  const anna = { name: "anna" };

  test("bytes are the very same until the file is written, also to a copy of the disk", () => {
    const disk = new Disk({ now: () => NOW });
    disk.write("/f", "salt");
    const view = disk.as(anna);
    const bytes = view.peek("/f");
    expect(view.peek("/f")).toBe(bytes);
    disk.chmod("/f", 0o600);
    expect(disk.fork().as({ name: "root" }).peek("/f")).toBe(bytes);
    expect(view.peek("/f")).toBeNull();
    disk.write("/f", "salt");
    expect(disk.as({ name: "root" }).peek("/f")).not.toBe(bytes);
    expect(view.peek("/nothing")).toBeNull();
  });

  test("a listing tells what lstat tells of each name", () => {
    const disk = new Disk({ now: () => NOW });
    disk.mkdir("/d/inner", { recursive: true });
    disk.write("/d/f", "salt");
    disk.link("/d/f", "/d/g");
    disk.symlink("/d/f", "/d/l");
    const listed = disk.as(anna).listStats("/d");
    expect([...(listed?.keys() ?? [])].sort()).toEqual(["f", "g", "inner", "l"]);
    for (const [name, stat] of listed ?? [])
      expect(disk.stat(`/d/${name}`, { follow: false })).toMatchObject(stat);
  });

  test.each([0o711, 0o744])("a directory that one may not read and search (%o) has none", (mode) => {
    const disk = new Disk({ now: () => NOW });
    disk.mkdir("/d");
    disk.chmod("/d", mode);
    expect(disk.as(anna).listStats("/d")).toBeNull();
  });

  test("names are in order after every kind of change", () => {
    const disk = new Disk({ now: () => NOW });
    const names = () => disk.list("/").join(" ");
    const after = (change: () => void) => {
      names();
      change();
      return names();
    };
    expect(after(() => disk.write("/b", ""))).toBe("b");
    expect(after(() => disk.write("/a", ""))).toBe("a b");
    expect(after(() => disk.rename("/a", "/c"))).toBe("b c");
    expect(after(() => disk.link("/b", "/a"))).toBe("a b c");
    expect(after(() => disk.symlink("/b", "/0"))).toBe("0 a b c");
    expect(after(() => disk.mkdir("/e/f", { recursive: true }))).toBe("0 a b c e");
    expect(after(() => disk.remove("/b"))).toBe("0 a c e");
    const fork = disk.fork();
    expect(after(() => fork.remove("/0"))).toBe("0 a c e");
    expect(fork.list("/").join(" ")).toBe("a c e");
  });
});
