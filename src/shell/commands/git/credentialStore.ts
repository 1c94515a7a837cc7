/** `git credential-store`: passwords in plain text, one URL a line. https://git-scm.com/docs/git-credential-store */
import { fromLatin1, toUtf8 } from "../../../base/bytes.ts";
import { output, type GitCall, type GitCommand } from "./call.ts";
import {
  describeUrl,
  formatCredential,
  isWhole,
  parseCredential,
  type Credential,
} from "./lib/transport/credential.ts";

const USAGE = `usage: git credential-store [<options>] <action>

    --file <path>         fetch and store credentials in <path>

`;

export const credentialStore: GitCommand = async (call) => {
  const { operation, file, rest } = parse(call.args);
  if (operation === undefined || rest.length > 0) return output("", USAGE, 129);
  const files =
    file === undefined ? defaultFiles(call) : [file.startsWith("/") ? file : `${call.cwd}/${file}`];
  if (files.length === 0) return output("", "fatal: unable to set up default path; use --file\n", 128);
  const given = parseCredential(toUtf8(fromLatin1(call.stdin)));
  if (operation === "get") return output(await lookUp(call, files, given));
  if (operation === "store") await store(call, files, given);
  if (operation === "erase") await erase(call, files, given);
  return output("");
};

/** There is no process that could hold it: nothing in LeakLab runs on beside the shell. */
export const credentialCache: GitCommand = async () =>
  output("", "git: 'credential-cache' is not simulated in LeakLab\n", 1);

function parse(args: readonly string[]): {
  readonly operation?: string | undefined;
  readonly file?: string | undefined;
  readonly rest: readonly string[];
} {
  const [first = ""] = args;
  if (first === "--file") return { file: args[1], operation: args[2], rest: args.slice(3) };
  if (first.startsWith("--file="))
    return { file: first.slice("--file=".length), operation: args[1], rest: args.slice(2) };
  return { operation: args[0], rest: args.slice(1) };
}

/** All are read; the first that exists is written, else the one in the home directory. */
function defaultFiles(call: GitCall): string[] {
  const home = call.env.get("HOME");
  if (!home) return [];
  return [
    `${home}/.git-credentials`,
    `${call.env.get("XDG_CONFIG_HOME") || `${home}/.config`}/git/credentials`,
  ];
}

async function linesOf(call: GitCall, file: string): Promise<string[]> {
  if (!(await call.fs.exists(file))) return [];
  return (await call.fs.readFile(file)).split("\n").filter((line) => line !== "");
}

function matches(wanted: Credential, line: string, withPassword = false): boolean {
  const entry = describeUrl(line);
  const fields = [
    "protocol",
    "host",
    "path",
    "username",
    ...(withPassword ? (["password"] as const) : []),
  ] as const;
  return isWhole(entry) && fields.every((name) => wanted[name] === undefined || wanted[name] === entry[name]);
}

async function lookUp(call: GitCall, files: readonly string[], wanted: Credential): Promise<string> {
  for (const file of files)
    for (const line of await linesOf(call, file)) {
      if (!matches(wanted, line)) continue;
      const { username, password } = describeUrl(line);
      return formatCredential({ username, password } as Credential);
    }
  return "";
}

async function store(call: GitCall, files: readonly string[], given: Credential): Promise<void> {
  const { protocol, host, username, password } = given;
  if (!protocol || host === undefined || username === undefined || password === undefined) return;
  const existing = await Promise.all(files.map((file) => call.fs.exists(file)));
  const file = files[Math.max(0, existing.indexOf(true))] as string;
  const kept = (await linesOf(call, file)).filter(
    (line) => !matches({ ...given, password: undefined } as Credential, line),
  );
  await write(call, file, [urlOf(given), ...kept]);
}

async function erase(call: GitCall, files: readonly string[], given: Credential): Promise<void> {
  if (given.protocol === undefined && given.host === undefined && given.username === undefined) return;
  for (const file of files) {
    const lines = await linesOf(call, file);
    const kept = lines.filter((line) => !matches({ ...given, password: undefined } as Credential, line));
    if (kept.length < lines.length) await write(call, file, kept);
  }
}

function urlOf({ protocol, host, path, username, password }: Credential): string {
  const user = `${encode(username ?? "")}:${encode(password ?? "")}@`;
  return `${protocol}://${user}${encode(host ?? "", ":")}${path === undefined ? "" : `/${encode(path, "/")}`}`;
}

/** Everything but unreserved characters, as git's strbuf_addstr_urlencode. */
function encode(text: string, kept = ""): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
    .replace(/%[0-9A-F]{2}/g, (code) => {
      const char = decodeURIComponentOrNull(code);
      return char !== null && kept.includes(char) ? char : code.toLowerCase();
    });
}

function decodeURIComponentOrNull(code: string): string | null {
  const byte = Number.parseInt(code.slice(1), 16);
  return byte < 0x80 ? String.fromCharCode(byte) : null;
}

async function write(call: GitCall, file: string, lines: readonly string[]): Promise<void> {
  await call.fs.writeFile(file, lines.map((line) => `${line}\n`).join(""));
  await call.fs.chmod(file, 0o600);
}
