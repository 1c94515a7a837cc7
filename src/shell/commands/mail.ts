/** `mail`: lists, shows and sends, as mailx does. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/mailx.html */
import type { Command, ExecResult } from "just-bash/browser";
import { UnknownHostError, type Reach } from "../../world/network.ts";
import type { Terminal } from "../terminal.ts";
import { command, type Context, notSimulated, result, stdinText, usage } from "./lib/invocation.ts";
import { type Options, parseOptions } from "./lib/options.ts";

const HOST = "https://mail.lantern-tides.test";

interface Letter {
  readonly id: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly date: string;
  readonly read: boolean;
  readonly body: string;
}

interface Mailer {
  readonly reach: Reach | undefined;
  readonly terminal: Terminal;
  readonly context: Context;
}

export function mailCommands(reach: Reach | undefined, terminal: Terminal): readonly Command[] {
  return ["mail", "mailx"].map((name) =>
    command(name, (args, context) => mail(name, args, { reach, terminal, context })),
  );
}

async function mail(name: string, args: readonly string[], mailer: Mailer): Promise<ExecResult> {
  const options = parseOptions(args, { short: "s:c:b:p:Her:a:fnNv" });
  if (typeof options === "string") return usage(name, options);
  if (options.has("b", "a", "r", "f")) return notSimulated(`${name} -b, -a, -r and -f`, 1);
  const [first, second] = options.operands;
  const shown = options.value("p") ?? (first === "read" || first === "p" ? second : undefined);
  if (shown !== undefined) return show(mailer, shown);
  return options.operands.length > 0 ? send(name, options, mailer) : list(mailer, options.has("e"));
}

async function ask(
  { reach }: Mailer,
  path: string,
  body?: object,
): Promise<{ status: number; value: unknown } | string> {
  try {
    if (!reach) return "no network";
    const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
    const response = await reach(new Request(`${HOST}${path}`, init));
    return { status: response.status, value: await response.json() };
  } catch (error) {
    if (error instanceof UnknownHostError) return error.message;
    throw error;
  }
}

/** The mailbox, oldest first, as mailx numbers it; or why it cannot be read. */
async function inbox(mailer: Mailer): Promise<readonly Letter[] | string> {
  const answer = await ask(mailer, "/messages?folder=inbox");
  if (typeof answer === "string") return answer;
  if (answer.status !== 200) return (answer.value as { error: string }).error;
  return (answer.value as Letter[]).reverse();
}

async function list(mailer: Mailer, quiet: boolean): Promise<ExecResult> {
  const user = mailer.context.env.get("USER") ?? "you";
  const messages = await inbox(mailer);
  if (typeof messages === "string") return result("", `mail: ${messages}\n`, 1);
  if (quiet || messages.length === 0)
    return messages.length > 0 ? result("") : result("", quiet ? "" : `No mail for ${user}\n`, 1);
  const unread = messages.filter(({ read }) => !read).length;
  const count = `${messages.length} message${messages.length === 1 ? "" : "s"}`;
  const lines = messages.map(
    ({ from, date, subject, read }, i) =>
      `${i === 0 ? ">" : " "}${read ? " " : "N"} ${String(i + 1).padStart(2)} ${senderName(from).padEnd(20).slice(0, 20)} ${shortDate(date)} ${subject}\n`,
  );
  return result(`"/var/mail/${user}": ${count}${unread > 0 ? ` ${unread} new` : ""}\n${lines.join("")}`);
}

async function show(mailer: Mailer, number: string): Promise<ExecResult> {
  const messages = await inbox(mailer);
  if (typeof messages === "string") return result("", `mail: ${messages}\n`, 1);
  const found = /^\d+$/.test(number) ? messages[Number(number) - 1] : undefined;
  if (!found) return result("", `${number}: Invalid message number\n`, 1);
  await ask(mailer, `/messages/${found.id}/read`, {});
  const { from, to, cc, subject, date, body } = found;
  const head = [
    `Message ${number.padStart(2)}:`,
    `Date: ${longDate(date)}`,
    `From: ${from}`,
    `To: ${to.join(", ")}`,
    ...(cc.length > 0 ? [`Cc: ${cc.join(", ")}`] : []),
    `Subject: ${subject}`,
  ];
  return result(`${head.join("\n")}\n\n${body.replace(/\n*$/, "\n")}`);
}

async function send(name: string, options: Options, mailer: Mailer): Promise<ExecResult> {
  const { terminal, context } = mailer;
  const to = options.operands.map(qualified);
  const cc = (options.value("c") ?? "").split(",").filter((it) => it.trim() !== "");
  let subject = options.value("s");
  let body = stdinText(context);
  if (body === "" && terminal.attended && terminal.direct?.()) {
    subject ??= (await terminal.readLine("Subject: ")) ?? "";
    body = await composed(terminal);
  }
  const answer = await ask(mailer, "/messages", {
    to,
    cc: cc.map(qualified),
    subject: subject ?? "",
    body,
  });
  if (typeof answer === "string") return result("", `${name}: cannot send message: ${answer}\n`, 1);
  if (answer.status !== 201)
    return result("", `${name}: cannot send message: ${(answer.value as { error: string }).error}\n`, 1);
  return result("", body.trim() === "" ? "Null message body; hope that's ok\n" : "");
}

/** A name alone is somebody of the company. */
function qualified(name: string): string {
  const address = name.trim();
  return address.includes("@") ? address : `${address}@lantern-tides.test`;
}

/** Lines until one that is a single full stop, or the end of input. */
async function composed(terminal: Terminal): Promise<string> {
  const lines: string[] = [];
  for (
    let line = await terminal.readLine("");
    line !== null && line !== ".";
    line = await terminal.readLine("")
  )
    lines.push(line);
  terminal.write("stdout", "EOT\n");
  return lines.map((line) => `${line}\n`).join("");
}

function senderName(from: string): string {
  return /^(.*\S)\s*<[^<>]*>$/.exec(from)?.[1] ?? from;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function shortDate(date: string): string {
  const at = new Date(Date.parse(date));
  return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${date.slice(11, 16)}`;
}

function longDate(date: string): string {
  const at = new Date(Date.parse(date));
  return `${DAYS[at.getUTCDay()]}, ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${date.slice(11, 19)} +0000`;
}
