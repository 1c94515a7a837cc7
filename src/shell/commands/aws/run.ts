/** One run of `aws`: which command it is, and how it ends. */
import type { ExecResult } from "just-bash/browser";
import { bytesResult, result } from "../lib/invocation.ts";
import { callOperation } from "./operation.ts";
import type { Machine } from "./machine.ts";
import { ABSENT_COMMANDS } from "./model/absent.ts";
import { SERVICES } from "./model/services.ts";
import { dashed } from "./model/shape.ts";
import { readGlobals } from "./options.ts";
import { AwsStop, notSimulated, ServiceStop, usageStop } from "./stop.ts";
import { helpText } from "./help.ts";
import { nearest } from "./nearest.ts";
import { VERSION_LINE } from "./version.ts";

export async function aws(machine: Machine, args: readonly string[]): Promise<ExecResult> {
  try {
    return await dispatch(machine, args);
  } catch (error) {
    if (!(error instanceof AwsStop)) throw error;
    const isService = error instanceof ServiceStop;
    return result("", `\n${error.message}\n`, isService ? 254 : error.exitCode);
  }
}

async function dispatch(machine: Machine, args: readonly string[]): Promise<ExecResult> {
  const { globals, rest } = readGlobals(args);
  if (globals.version) return result(`${VERSION_LINE}\n`);
  const [name, ...words] = rest;
  if (name === undefined) throw usageStop("the following arguments are required: command");
  if (name === "help") return result(await helpText(null));
  if (name === "configure") return (await import("./configure.ts")).configure(machine, globals, words);
  if (name === "s3") return (await import("./s3/run.ts")).s3(machine, globals, words);
  const load = SERVICES.get(name);
  if (!load) throw unknownCommand("command", name, [...SERVICES.keys(), "configure", "s3"]);
  const service = await load();
  const [word, ...more] = words;
  if (word === undefined) throw usageStop("the following arguments are required: operation");
  if (word === "help") return result(await helpText(service));
  const operation = service.operations.find((it) => dashed(it.name) === word);
  if (!operation)
    throw unknownOperation(
      service.name,
      word,
      service.operations.map((it) => dashed(it.name)),
    );
  if (more[0] === "help") return result(await helpText(service, operation));
  const output = await callOperation(machine, globals, service, operation, more);
  return typeof output === "string" ? result(output) : bytesResult(output);
}

function unknownCommand(argument: string, name: string, known: readonly string[]): AwsStop {
  if (ABSENT_COMMANDS.has(name)) return notSimulated(`aws ${name}`);
  const near = nearest(name, known);
  const advice = near.length > 0 ? `\n\nMaybe you meant:\n\n${near.map((it) => `  * ${it}\n`).join("")}` : "";
  return usageStop(`argument ${argument}: Found invalid choice '${name}'\n${advice}`);
}

/** A mistyped one gets advice; any other may exist in life. */
function unknownOperation(service: string, name: string, known: readonly string[]): AwsStop {
  const isNear = nearest(name, known).length > 0;
  return isNear || !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(name)
    ? unknownCommand("operation", name, known)
    : notSimulated(`aws ${service} ${name}`);
}
