import { expect, test } from "vitest";
import { Disk } from "./disk.ts";
import { addCommand, layOut } from "./layout.ts";

function machine(): Disk {
  const disk = new Disk({ now: () => 5000 });
  const accounts = [
    { name: "anna", uid: 1000 },
    { name: "ci", uid: 1001, home: "/srv/ci", shell: "/bin/sh" },
  ];
  layOut(disk, { hostname: "box", accounts, commands: ["ls"] });
  return disk;
}

test("the tree is there at the virtual time, with its owners and modes", () => {
  const disk = machine();
  expect(disk.list("/")).toEqual([
    "bin",
    "dev",
    "etc",
    "home",
    "opt",
    "proc",
    "root",
    "srv",
    "tmp",
    "usr",
    "var",
  ]);
  expect(disk.stat("/home/anna")).toMatchObject({ owner: "anna", mode: 0o755, mtimeMs: 5000 });
  expect(disk.stat("/srv/ci")).toMatchObject({ owner: "ci" });
  expect(disk.stat("/tmp")).toMatchObject({ owner: "root", mode: 0o1777 });
  expect(disk.stat("/usr/bin/ls")).toMatchObject({ owner: "root", mode: 0o755 });
  expect(disk.readText("/etc/passwd").split("\n")[2]).toBe("ci:x:1001:1001:ci:/srv/ci:/bin/sh");
  expect(disk.list("/root", { name: "root" })).toEqual([]);
  expect(() => disk.list("/root", { name: "anna" })).toThrow("EACCES");
});

test("a user writes to /dev/null, to /tmp and at home, and nowhere else", () => {
  const disk = machine();
  const anna = { name: "anna" };
  for (const path of ["/dev/null", "/tmp/f", "/home/anna/f"]) disk.write(path, "x", anna);
  expect(disk.read("/dev/null").length).toBe(0);
  for (const path of ["/etc/passwd", "/bin/ls", "/f", "/srv/ci/f"]) {
    expect(() => disk.write(path, "x", anna)).toThrow("EACCES");
  }
});

test("a command is added once and never over a file", () => {
  const disk = machine();
  disk.write("/usr/bin/ls", "mine");
  for (const name of ["ls", "git", "./x"]) addCommand(disk, name);
  expect(disk.readText("/usr/bin/ls")).toBe("mine");
  expect(disk.list("/bin")).toEqual(["git", "ls"]);
});

test("the same machine has the same digest", () => {
  expect(machine().digest()).toBe(machine().digest());
});
