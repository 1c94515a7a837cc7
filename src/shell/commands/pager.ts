/** `less`, `more`, `man`, `clear`: what fills or shows the screen. The terminal does the paging. @see https://www.greenwoodsoftware.com/less/ */
import type { Command, ExecResult } from "just-bash/browser";
import { concat, fromUtf8 } from "../../base/bytes.ts";
import type { Terminal } from "../terminal.ts";
import {
  bytesResult,
  command,
  type Context,
  pathOf,
  readBytes,
  result,
  statOf,
  stdinBytes,
} from "./lib/invocation.ts";
import { MANUAL } from "./manual.ts";

export function pagerCommands(terminal: Terminal): Command[] {
  return [
    command("less", (args, context) => page("less", terminal, args, context)),
    command("more", (args, context) => page("more", terminal, args, context)),
    command("man", (args) => man(terminal, args)),
    command("clear", () => {
      terminal.clear();
      return result("");
    }),
  ];
}

async function page(
  name: string,
  terminal: Terminal,
  args: readonly string[],
  context: Context,
): Promise<ExecResult> {
  const files = args.filter((arg) => !/^[-+]./.test(arg));
  terminal.page();
  if (files.length === 0) return bytesResult(stdinBytes(context));
  const parts: Uint8Array[] = [];
  let stderr = "";
  for (const file of files) {
    const bytes = await readBytes(context, file);
    if (typeof bytes === "string") stderr += await complaint(name, context, file, bytes);
    else parts.push(bytes);
  }
  return bytesResult(concat(parts), stderr, stderr && name === "less" ? 1 : 0);
}

async function complaint(name: string, context: Context, file: string, reason: string): Promise<string> {
  const stat = await statOf(context, pathOf(context, file), true);
  if (typeof stat !== "string" && stat.isDirectory)
    return name === "less" ? `${file} is a directory\n` : `\n*** ${file}: directory ***\n\n`;
  return name === "less" ? `${file}: ${reason}\n` : `more: cannot open ${file}: ${reason}\n`;
}

function man(terminal: Terminal, args: readonly string[]): ExecResult {
  const name = args.filter((arg) => !/^-|^\d$/.test(arg)).join("-");
  if (name === "") return result("", "What manual page do you want?\nFor example, try 'man man'.\n", 1);
  const entry = MANUAL[name];
  if (!entry) return result("", `No manual entry for ${name}\n`, 16);
  terminal.page();
  const text = `${name.toUpperCase()}\n\n  ${entry.text}\n\n  Usage: ${entry.usage}\n\n  ${entry.link ? `The real manual: ${entry.link}\n` : "See also: lab brief\n"}`;
  return bytesResult(fromUtf8(text));
}
