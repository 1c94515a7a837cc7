/** `psql`, against the database servers of the world. https://www.postgresql.org/docs/current/app-psql.html */
import type { Command, ExecResult } from "just-bash/browser";
import { toUtf8 } from "../../base/bytes.ts";
import type { Reach } from "../../world/network.ts";
import { VERSION } from "../../world/services/database/model.ts";
import type { Terminal } from "../terminal.ts";
import { command, type Context, notSimulated, readBytes, result, stdinText } from "./lib/invocation.ts";
import { connectTo, type Connected } from "./psql/client.ts";
import { meta } from "./psql/meta.ts";
import { readOptions, type Asked } from "./psql/options.ts";
import { print } from "./psql/print.ts";

const LOST =
  "server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n";

export function psqlCommand(reach: Reach | undefined, terminal: Terminal): Command {
  return command("psql", async (args, context) => {
    const asked = await readOptions(args, context);
    if (typeof asked === "string")
      return result("", `psql: ${asked}\npsql: hint: Try "psql --help" for more information.\n`, 1);
    if (!("target" in asked))
      return asked.has("version") ? result(`psql (PostgreSQL) ${VERSION}\n`) : notSimulated("psql --help", 1);
    const connected = await connect(reach, terminal, asked);
    if (typeof connected === "string") return result("", `psql: error: ${connected}\n`, 2);
    const session = new Session(connected, asked);
    const ended = await run(session, terminal, context);
    await connected.end();
    return ended;
  });
}

/** Asks for a password where one is wanted and somebody is there to give it. */
async function connect(
  reach: Reach | undefined,
  terminal: Terminal,
  asked: Asked,
): Promise<Connected | string> {
  let { target } = asked;
  if (target.password === null && terminal.attended) {
    const password = await terminal.readLine(`Password for user ${target.user}: `, { silent: true });
    target = { ...target, password };
  }
  const connected = await connectTo(reach, target);
  return connected.ok ? connected.value : connected.error;
}

async function run(session: Session, terminal: Terminal, context: Context): Promise<ExecResult> {
  const { commands, files } = session.asked;
  if (commands.length > 0) return session.commands(commands);
  for (const file of files) {
    const bytes = await readBytes(context, file);
    if (typeof bytes === "string") return session.failed(`${file}: ${bytes}`);
    const code = await session.script(toUtf8(bytes), file === "-" ? "<stdin>" : file);
    if (code !== 0) return session.result(code);
  }
  if (files.length > 0) return session.result(0);
  const input = stdinText(context);
  if (input !== "" || !terminal.attended || !terminal.direct?.())
    return session.result(await session.script(input, "<stdin>"));
  return session.interactive(terminal);
}

class Session {
  readonly asked: Asked;
  readonly #connected: Connected;
  #stdout = "";
  #stderr = "";
  #lost = false;

  constructor(connected: Connected, asked: Asked) {
    this.#connected = connected;
    this.asked = asked;
  }

  result(exitCode: number): ExecResult {
    return result(this.#stdout, this.#stderr, exitCode);
  }

  failed(reason: string): ExecResult {
    this.#stderr += `psql: error: ${reason}\n`;
    return this.result(1);
  }

  /** -c: each is one query or one backslash command; the first that fails ends it. */
  async commands(commands: readonly string[]): Promise<ExecResult> {
    for (const text of commands) {
      const good = await this.#one(text, "");
      if (this.#lost) return this.result(2);
      if (!good) return this.result(1);
    }
    return this.result(0);
  }

  /** A file or standard input: statement after statement, past errors unless ON_ERROR_STOP is set. */
  async script(text: string, name: string): Promise<number> {
    for (const { text: piece, line } of pieces(text)) {
      if (/^\\q(?:uit)?\s*$/.test(piece)) return 0;
      const good = await this.#one(piece, `psql:${name}:${line}: `);
      if (this.#lost) return 2;
      if (!good && this.asked.stopOnError) return 3;
    }
    return 0;
  }

  async interactive(terminal: Terminal): Promise<ExecResult> {
    const { database, user } = this.#connected.target;
    terminal.write("stdout", `psql (${VERSION})\nType "help" for help.\n\n`);
    const mark = user === "postgres" ? "#" : ">";
    for (let waiting = ""; ;) {
      const line = await terminal.readLine(`${database}${waiting === "" ? "=" : "-"}${mark} `);
      if (line === null || (waiting === "" && /^(?:\\q|quit|exit)\b/.test(line.trim()))) break;
      waiting += (waiting === "" ? "" : "\n") + line;
      if (waiting.trim() === "") waiting = "";
      else if (waiting.startsWith("\\") || /;\s*$/.test(waiting)) {
        await this.#one(waiting, "");
        this.#show(terminal);
        waiting = "";
      }
      if (this.#lost) return result("", "", 2);
    }
    return result("");
  }

  #show(terminal: Terminal): void {
    if (this.#stdout) terminal.write("stdout", this.#stdout);
    if (this.#stderr) terminal.write("stderr", this.#stderr);
    this.#stdout = this.#stderr = "";
  }

  /** False where it failed. */
  async #one(text: string, prefix: string): Promise<boolean> {
    if (text.trimStart().startsWith("\\")) {
      const printed = await meta(text.trimStart(), this.#connected, this.asked);
      this.#stdout += printed?.stdout ?? "";
      this.#stderr += printed?.stderr ?? "";
      return printed === null || printed.stderr === "";
    }
    const answer = await this.#connected.query(text);
    if ("fatal" in answer) {
      this.#stderr += `FATAL:  ${answer.fatal}\n${LOST}`;
      this.#lost = true;
      return false;
    }
    for (const outcome of answer.outcomes) {
      const printed = print(outcome, text, this.asked, prefix);
      this.#stdout += printed.stdout;
      this.#stderr += printed.stderr;
    }
    return answer.outcomes.every(({ kind }) => kind !== "error");
  }
}

/** Statements and backslash commands of a script, with the line on which each ends. */
function pieces(text: string): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  const piece = /\s*(?:\\[^\n]*|(?:'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[^]*?\*\/|[^;'"])+;?)/y;
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    const line = text.slice(0, piece.lastIndex).split("\n").length;
    if (match[0].trim() !== "") found.push({ text: match[0].trim(), line });
  }
  return found;
}
