/** Commands that people try and that LeakLab does not have. They say so instead of pretending. */
import type { Command } from "just-bash/browser";
import { command, result } from "./lib/invocation.ts";

/** Exit 127, as where a command is not installed. */
const ABSENT = [
  "ansible",
  "apt",
  "apt-get",
  "aws",
  "az",
  "brew",
  "cargo",
  "dig",
  "docker",
  "gcloud",
  "go",
  "gpg",
  "helm",
  "kubectl",
  "make",
  "nc",
  "node",
  "nslookup",
  "perl",
  "ping",
  "pip",
  "pip3",
  "pnpm",
  "podman",
  "python",
  "python3",
  "rsync",
  "ruby",
  "scp",
  "sftp",
  "ssh",
  "ssh-keygen",
  "telnet",
  "terraform",
  "vault",
  "wget",
  "yarn",
] as const;

export const refusedCommands: readonly Command[] = [
  ...ABSENT.map((name) => command(name, () => result("", `${name}: not simulated in LeakLab\n`, 127))),
  command("sudo", (args, context) => {
    const user = context.env.get("USER") ?? "you";
    if (args[0] === "-n") return result("", "sudo: a password is required\n", 1);
    if (args.length === 0) return result("", "usage: sudo [-n] COMMAND\n", 1);
    return result(
      "",
      `${user} is not in the sudoers file.\nLeakLab has no administrator: nothing here needs one.\n`,
      1,
    );
  }),
  command("su", () => result("", "su: Authentication failure\n", 1)),
];

const LOOKED_FOR = ["crontab", "pgrep", "pkill", "ps", "systemctl"];

/** What machines that run jobs have (server/commands.ts), elsewhere. */
export const refusedServerCommands: readonly Command[] = LOOKED_FOR.map((name) =>
  command(name, () =>
    result("", `${name}: not simulated in LeakLab, but on machines that run jobs (ssh MACHINE)\n`, 127),
  ),
);
