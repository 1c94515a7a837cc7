/**
 * `curl`: just-bash's own client over the world's network, with curl's numbers for what fails before a host answers.
 * @see https://curl.se/docs/manpage.html#EXIT
 */
import type { Command, ExecResult } from "just-bash/browser";
import { type Context, command, result, stdinText } from "./lib/invocation.ts";
import { isVerbose, marked, told } from "./lib/curlVerbose.ts";

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information\n";

/** Options after which a URL is asked for; behind any other it may be the option's value. */
const WITHOUT_VALUE =
  /^(?:-[#0-3afgGiIjJklLnNOpqsSv]+|--(?:compressed|fail|get|head|include|insecure|location|remote-name|show-error|silent|verbose))$/;

export const curlCommand: Command = command("curl", async (args, context) => {
  const ran: ExecResult[] = [];
  for (const call of callsIn(args)) ran.push(await ask(call, context));
  const all = (of: "stdout" | "stderr") => ran.map((one) => one[of]).join("");
  return { ...(ran.at(-1) as ExecResult), stdout: all("stdout"), stderr: all("stderr") };
});

/** One call for each URL, with all options; what `-o` names is for the first. just-bash asks for the last URL only. */
function callsIn(args: readonly string[]): (readonly string[])[] {
  const isUrl = (arg: string, i: number) =>
    /^https?:\/\//i.test(arg) &&
    (i === 0 || !args[i - 1]?.startsWith("-") || WITHOUT_VALUE.test(args[i - 1] ?? ""));
  const places = args.flatMap((arg, i) => (isUrl(arg, i) ? [i] : []));
  if (places.length < 2) return [args];
  const output = args.findIndex((arg) => arg === "-o" || arg === "--output");
  const kept = (i: number, first: boolean) => first || output < 0 || (i !== output && i !== output + 1);
  return places.map((place, k) =>
    args.filter((_, i) => (i === place || !places.includes(i)) && kept(i, k === 0)),
  );
}

async function ask(args: readonly string[], context: Context): Promise<ExecResult> {
  const flags = args.filter((arg) => arg.startsWith("-"));
  const quiet =
    flags.some((arg) => /^-\w*s/.test(arg) || arg === "--silent") &&
    !flags.some((arg) => /^-\w*S/.test(arg) || arg === "--show-error");
  const url =
    args.find((arg) => /^[a-z][a-z0-9+.-]*:\/\//i.test(arg)) ?? args.find((arg) => / .*:\/\//.test(arg));
  const before = url === undefined ? null : refused(url);
  if (before) return failure(before[0], before[1], quiet);
  // With its messages on, or the reason of a failure could not be told.
  const verbose = isVerbose(args);
  const given = withStandardInput(verbose ? marked(args) : args, context);
  const ran = await context.origCommand?.([...given, "-S"]);
  if (!ran) return result("", "curl: command not found\n", 127);
  const known = renumbered(ran, quiet);
  return verbose ? told(args, known) : known;
}

/** just-bash takes the `-` of `-d @-` for the name of a file. Where the option is not binary, curl drops the line ends. */
function withStandardInput(args: readonly string[], context: Context): string[] {
  const given = args.indexOf("@-");
  const option = args[given - 1] ?? "";
  if (!/^(?:-d|--data|--data-ascii|--data-binary)$/.test(option)) return [...args];
  const text = stdinText(context);
  const data = option === "--data-binary" ? text : text.replace(/[\r\n\0]/g, "");
  return [...args.slice(0, given - 1), "--data-raw", data, ...args.slice(given + 1)];
}

function refused(url: string): [number, string] | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (/\s/.test(url) || scheme === undefined) return [3, "URL using bad/illegal format or missing URL"];
  return scheme === "http" || scheme === "https"
    ? null
    : [1, `Protocol "${scheme}" not supported or disabled in libcurl`];
}

function failure(exitCode: number, message: string, quiet: boolean): ExecResult {
  return result("", quiet ? "" : `curl: (${exitCode}) ${message}\n`, exitCode);
}

function renumbered(ran: ExecResult, quiet: boolean): ExecResult {
  if (ran.stderr.startsWith("curl: no URL specified")) return { ...ran, stderr: TRY };
  const option = /^curl: (?:unrecognized|invalid) option (?:--)? ?'(.*)'/.exec(ran.stderr);
  if (option) return { ...ran, stderr: `curl: option ${option[1]}: is unknown\n${TRY}`, exitCode: 2 };
  const host = /Could not resolve host: (\S+)/.exec(ran.stderr);
  if (host) return failure(6, `Could not resolve host: ${host[1]}`, quiet);
  const refusedBy = /Failed to connect to (\S+) port (\d+)/.exec(ran.stderr);
  if (refusedBy)
    return failure(
      7,
      `Failed to connect to ${refusedBy[1]} port ${refusedBy[2]} after 0 ms: Couldn't connect to server`,
      quiet,
    );
  return quiet ? { ...ran, stderr: ran.stderr.replace(/^curl: \(\d+\) .*\n/gm, "") } : ran;
}
