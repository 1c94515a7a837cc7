/**
 * `curl -v`: what was sent and what came back, on standard error, wherever the body goes. just-bash mixes it into the
 * body and says nothing with `-o`. Of the answer only its status and type are told.
 * @see https://curl.se/docs/manpage.html#-v
 */
import type { ExecResult } from "just-bash/browser";

const MARK = "\u0001";
const ALONE = /^(?:-v|--verbose)$/;
const AMONG_OTHERS = /^-[fgiIkLsS]*v[fgiIkLsSv]*$/;
const WRITE_OUT = /^(?:-w|--write-out)$/;

export function isVerbose(args: readonly string[]): boolean {
  return args.some((arg) => ALONE.test(arg) || AMONG_OTHERS.test(arg));
}

/** The same call without `-v`, that tells the status at the end of its output. */
export function marked(args: readonly string[]): string[] {
  const left = args
    .filter((arg) => !ALONE.test(arg))
    .map((arg) => (AMONG_OTHERS.test(arg) ? arg.replaceAll("v", "") : arg))
    .filter((arg) => arg !== "-");
  const mark = `${MARK}%{http_code} %{content_type}${MARK}`;
  const at = left.findIndex((arg) => WRITE_OUT.test(arg));
  return at < 0 ? [...left, "-w", mark] : left.with(at + 1, `${left[at + 1] ?? ""}${mark}`);
}

/** Moves what was told to standard error, behind what was sent. */
export function told(args: readonly string[], ran: ExecResult): ExecResult {
  const [, status = "", type = ""] = new RegExp(`${MARK}(\\d*) ?(.*?)${MARK}`).exec(ran.stdout) ?? [];
  const answer =
    status === "" ? [] : [`< HTTP/1.1 ${status}`, ...(type ? [`< content-type: ${type}`] : []), "<"];
  const lines = [...request(args), ...answer].map((line) => `${line}\n`);
  const stdout = ran.stdout.replace(new RegExp(`${MARK}.*?${MARK}`), "");
  return { ...ran, stdout, stderr: lines.join("") + ran.stderr };
}

function request(args: readonly string[]): string[] {
  const url = args.find((arg) => /^https?:\/\//i.test(arg)) ?? "";
  const [, host = "", path = "/"] = /^https?:\/\/(?:[^/@]*@)?([^/?#]*)([^#]*)/i.exec(url) ?? [];
  const valuesOf = (option: RegExp) => args.filter((_, i) => i > 0 && option.test(args[i - 1] as string));
  const data = valuesOf(/^(?:-d|--data(?:-raw|-binary|-ascii|-urlencode)?)$/);
  const method = valuesOf(/^(?:-X|--request)$/).at(-1) ?? (data.length > 0 ? "POST" : "GET");
  return [
    `> ${method} ${path || "/"} HTTP/1.1`,
    `> Host: ${host}`,
    "> Accept: */*",
    ...valuesOf(/^(?:-H|--header)$/).map((header) => `> ${header}`),
    ">",
  ];
}
