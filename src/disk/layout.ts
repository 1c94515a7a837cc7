/** The start tree of a simulated machine. */
import type { Disk } from "./disk.ts";

export interface Account {
  readonly name: string;
  readonly uid: number;
  /** Where the account lives; /home/NAME unless told. */
  readonly home?: string;
  readonly shell?: string;
}

export interface Layout {
  readonly hostname: string;
  readonly accounts: readonly Account[];
  /**
   * Commands to be found in /bin and /usr/bin. just-bash runs a built-in or custom command only where such a file is
   * on the PATH.
   */
  readonly commands: readonly string[];
}

const DIRECTORIES = [
  "bin",
  "dev/fd",
  "etc",
  "home",
  "opt",
  "proc/self/fd",
  "root",
  "tmp",
  "usr/bin",
  "var/log",
  "var/tmp",
];

/** The standard streams are the shell's business; as files they are empty. */
const DEVICES = {
  null: "null",
  zero: "zero",
  full: "full",
  random: "random",
  urandom: "random",
  tty: "null",
  stdin: "null",
  stdout: "null",
  stderr: "null",
};

/**
 * Fills an empty disk with what a Linux system has and just-bash expects; it makes these itself only for its own
 * filesystem.
 * @see https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html
 */
export function layOut(disk: Disk, layout: Layout): void {
  for (const path of DIRECTORIES) disk.mkdir(`/${path}`, { recursive: true });
  disk.chmod("/root", 0o700);
  for (const path of ["/tmp", "/var/tmp"]) disk.chmod(path, 0o1777);
  for (const [name, device] of Object.entries(DEVICES)) disk.mknod(`/dev/${name}`, device);
  addProcess(disk);
  addAccounts(disk, layout);
  for (const name of layout.commands) addCommand(disk, name);
}

/** Makes a command findable. A name with a slash or an existing file is left alone. */
export function addCommand(disk: Disk, name: string): void {
  if (name.includes("/")) return;
  for (const path of [`/bin/${name}`, `/usr/bin/${name}`]) {
    if (disk.exists(path)) continue;
    disk.write(path, `#!/bin/bash\n# Built-in command: ${name}\n`);
    disk.chmod(path, 0o755);
  }
}

function addProcess(disk: Disk): void {
  disk.write("/proc/version", "Linux version 6.1.0 (LeakLab)\n");
  disk.write("/proc/self/comm", "bash\n");
  disk.write("/proc/self/cmdline", "bash\0");
  disk.symlink("/bin/bash", "/proc/self/exe");
  ["stdin", "stdout", "stderr"].forEach((name, fd) => disk.symlink(`/dev/${name}`, `/proc/self/fd/${fd}`));
}

function addAccounts(disk: Disk, { hostname, accounts }: Layout): void {
  const all: Account[] = [{ name: "root", uid: 0, home: "/root" }, ...accounts];
  for (const account of all) if (!disk.exists(home(account))) addHome(disk, account);
  disk.write("/etc/passwd", all.map(passwdLine).join(""));
  disk.write("/etc/group", all.map(({ name, uid }) => `${name}:x:${uid}:\n`).join(""));
  disk.write("/etc/hostname", `${hostname}\n`);
  disk.write("/etc/hosts", `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n`);
  disk.write("/etc/os-release", 'NAME="LeakLab"\nID=leaklab\nPRETTY_NAME="LeakLab"\n');
}

function addHome(disk: Disk, account: Account): void {
  disk.mkdir(home(account), { recursive: true });
  disk.chown(home(account), account.name);
}

function home(account: Account): string {
  return account.home ?? `/home/${account.name}`;
}

/** @see https://man7.org/linux/man-pages/man5/passwd.5.html */
function passwdLine(account: Account): string {
  const { name, uid, shell = "/bin/bash" } = account;
  return `${name}:x:${uid}:${uid}:${name}:${home(account)}:${shell}\n`;
}
