/** `leaklab`: the command line. Each command is a file in commands/. */
import { parseArgs } from "node:util";
import type { Command, Values } from "./command.ts";
import { EXIT, UsageError, type Outcome } from "./usage.ts";

/** Imported when asked for: `list` should not wait for a browser. */
const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  list: () => import("./commands/list.ts"),
  run: () => import("./commands/run.ts"),
  sh: () => import("./commands/sh.ts"),
  grade: () => import("./commands/grade.ts"),
  report: () => import("./commands/report.ts"),
  verify: () => import("./commands/verify.ts"),
  export: () => import("./commands/export.ts"),
  scan: () => import("./commands/scan.ts"),
  pipeline: () => import("./commands/pipeline.ts"),
  new: () => import("./commands/new.ts"),
  serve: () => import("./commands/serve.ts"),
  bench: () => import("./commands/bench.ts"),
};

async function main([name, ...rest]: readonly string[]): Promise<Outcome> {
  if (name === undefined || name === "help" || name === "--help")
    return { stdout: await help(), exitCode: name === undefined ? EXIT.usage : EXIT.ok };
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`there is no command "${name}"; leaklab help lists them`);
  const { command } = await load();
  const { values, positionals } = parse(command, rest);
  if (values["help"] === true)
    return { stdout: `usage: leaklab ${command.usage}\n${command.about}\n`, exitCode: EXIT.ok };
  return command.run(positionals, values);
}

function parse(command: Command, args: readonly string[]) {
  try {
    const options = { ...command.options, help: { type: "boolean" as const } };
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as Values, positionals };
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}\nusage: leaklab ${command.usage}`);
  }
}

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.values(COMMANDS).map(async (load) => {
      const { command } = await load();
      return `  ${command.usage}\n      ${command.about}\n`;
    }),
  );
  return `usage: leaklab COMMAND\n\n${lines.join("")}`;
}

try {
  const { stdout, exitCode } = await main(process.argv.slice(2));
  process.stdout.write(stdout);
  process.exitCode = exitCode;
} catch (error) {
  const mistake = error instanceof UsageError;
  process.stderr.write(
    `leaklab: ${mistake ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`,
  );
  process.exitCode = EXIT.usage;
}
