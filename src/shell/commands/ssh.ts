/**
 * `ssh`: another machine of the company, for whoever has a key there. With a command it runs that; with standard input
 * and no command, those lines; otherwise it asks line by line until `exit`.
 * @see https://man.openbsd.org/ssh
 */
import type { Command, ExecResult } from "just-bash/browser";
import type { Terminal } from "../terminal.ts";
import { command, result, stdinBytes } from "./lib/invocation.ts";
import { parseOptions } from "./lib/options.ts";

export interface SshSession {
  /** "runner@harbor-1:~$ " */
  prompt(): string;
  /** `input`: what the command reads as its standard input. */
  run(script: string, input: Uint8Array): Promise<ExecResult & { readonly exited: boolean }>;
}

/** How this machine reaches others; a text is the reason why it does not get in. */
export interface SshPort {
  open(host: string, user: string | null): Promise<SshSession | string>;
}

const NOTHING = new Uint8Array();

export function sshCommand(port: SshPort, terminal: Terminal): Command {
  return command("ssh", async (args, context) => {
    const options = parseOptions(args, {
      short: "46AaCfGgKkMNnqsTtVvXxYyB:b:c:D:E:e:F:I:i:J:L:l:m:O:o:p:Q:R:S:W:w:",
      strict: true,
    });
    if (typeof options === "string") return result("", `ssh: ${options}\n`, 255);
    const [target, ...words] = options.operands;
    if (target === undefined) return result("", "usage: ssh [user@]destination [command]\n", 255);
    const at = target.lastIndexOf("@");
    const user = at < 0 ? (options.value("l") ?? null) : target.slice(0, at);
    const session = await port.open(target.slice(at + 1), user);
    if (typeof session === "string") return result("", `${session}\n`, 255);
    const input = stdinBytes(context);
    if (words.length > 0) return session.run(words.join(" "), input);
    if (input.length > 0) return session.run(new TextDecoder().decode(input), NOTHING);
    return converse(session, terminal);
  });
}

/** Ends with `exit`, or where nobody answers. */
async function converse(session: SshSession, terminal: Terminal): Promise<ExecResult> {
  for (;;) {
    const line = await terminal.readLine(session.prompt());
    if (line === null) return result("");
    const { stdout, stderr, exitCode, exited } = await session.run(line, NOTHING);
    if (stdout) terminal.write("stdout", stdout);
    if (stderr) terminal.write("stderr", stderr);
    if (exited) return result("", "", exitCode);
  }
}
