/**
 * `nohup` and `setsid`: what goes on when the step or the login that started it is over.
 * @see https://www.gnu.org/software/coreutils/nohup https://man7.org/linux/man-pages/man1/setsid.1.html
 */
import type { Command } from "just-bash/browser";
import { toUtf8 } from "../../../base/bytes.ts";
import { startProcess } from "../../../world/servers.ts";
import { command, type Context, readBytes, result, shellWord, usage } from "../lib/invocation.ts";
import type { ServerHost } from "./serverHost.ts";

export function backgroundCommands(host: ServerHost): readonly Command[] {
  return ["nohup", "setsid"].map((name) =>
    command(name, async (args, context) => {
      const words = args.filter((word, i) => !(i === 0 && /^-[fcw]+$/.test(word)));
      // `setsid nohup …` starts one process.
      if (words[0] === "nohup" || words[0] === "setsid") words.shift();
      if (words.length === 0) return usage(name, "missing operand", 125);
      const { world, machine, user } = host;
      startProcess(world.ports("servers"), {
        machine,
        user,
        command: words.map(plainOrQuoted).join(" "),
        script: await scriptOf(words, context),
        directory: context.cwd,
        runner: null,
        tracked: (context.exportedEnv?.["RUNNER_TRACKING_ID"] ?? "").startsWith("github_"),
      });
      return result("");
    }),
  );
}

/** The text of `bash FILE`; with arguments it is played as a command. */
async function scriptOf(
  [shell = "", file, ...more]: readonly string[],
  context: Context,
): Promise<string | null> {
  if (!/^(?:\/bin\/|\/usr\/bin\/)?(?:ba)?sh$/.test(shell) || file === undefined || more.length > 0)
    return null;
  const bytes = await readBytes(context, file);
  return typeof bytes === "string" ? null : toUtf8(bytes);
}

/** `ps` shows what it can run again. */
function plainOrQuoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : shellWord(word);
}
