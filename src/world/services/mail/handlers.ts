/**
 * Webmail of the signed-in person: `GET /messages[?folder=inbox]`, `GET /messages/{id}`, `POST /messages/{id}/read`,
 * `POST /messages {to, cc, subject, body}`. Its own small API: mail itself has none.
 */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { Origin } from "../../network.ts";
import { personOf, type Person } from "../../person.ts";
import type { ServicePorts } from "../../service.ts";
import { addressOf, deliver, FOLDERS, mailbox, MAILS, markRead, type Mail } from "./mail.ts";

export const MAIL_HOST = "mail.lantern-tides.test";

/** Characters of a body. */
const MOST = 200_000;

export async function serveMail(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const person = from.session === null ? undefined : personOf(from.session);
  if (!person) return json(401, { error: "sign in first" });
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/messages") {
    if (request.method === "POST") return send(ports, request, person);
    if (request.method !== "GET") return json(405, { error: "method not allowed" });
    return list(ports, person, searchParams.get("folder"));
  }
  const [, id = "", read] = /^\/messages\/(\d+)(\/read)?$/.exec(pathname) ?? [];
  const mail = ports.tables.of(MAILS).get(id);
  if (mail?.mailbox !== person.email) return json(404, { error: "no such message" });
  if (request.method !== (read ? "POST" : "GET")) return json(405, { error: "method not allowed" });
  if (read) markRead(ports, mail.id);
  return json(200, mailJson(mail));
}

/** One folder, or everything; newest first. */
function list(ports: ServicePorts, { email }: Person, folder: string | null): Response {
  const wanted = folder === null ? FOLDERS : FOLDERS.filter((name) => name === folder);
  if (wanted.length === 0) return json(404, { error: "no such folder" });
  const mails = wanted.flatMap((name) => mailbox(ports, email, name)).sort((a, b) => b.id - a.id);
  return json(200, mails.map(mailJson));
}

async function send(ports: ServicePorts, request: Request, person: Person): Promise<Response> {
  const draft = draftOf(toUtf8(new Uint8Array(await request.arrayBuffer())));
  if (!draft) return json(400, { error: "send {to, cc, subject, body}" });
  const wrong = [...draft.to, ...draft.cc].find((it) => addressOf(it) === null);
  if (draft.to.length === 0) return json(422, { error: "no recipients specified" });
  if (wrong !== undefined) return json(422, { error: `${wrong.slice(0, 80)} is no address` });
  const message = deliver(ports, { ...draft, from: `${person.name} <${person.email}>` });
  return json(201, { message });
}

function draftOf(source: string): { to: string[]; cc: string[]; subject: string; body: string } | null {
  try {
    const value = JSON.parse(source) as Readonly<Record<string, unknown>>;
    const list = (it: unknown) =>
      (Array.isArray(it) ? it : typeof it === "string" ? it.split(",") : [])
        .map((one) => String(one).trim())
        .filter((one) => one !== "");
    const text = (it: unknown) => (typeof it === "string" ? it : "");
    return {
      to: list(value["to"]),
      cc: list(value["cc"]),
      subject: text(value["subject"])
        .replace(/[\r\n]+/g, " ")
        .slice(0, 500),
      body: text(value["body"]).slice(0, MOST),
    };
  } catch {
    return null;
  }
}

function mailJson(mail: Mail): Json {
  const { id, folder, from, to, cc, subject, body, headers, read, atMs } = mail;
  const date = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
  return { id, folder, from, to, cc, subject, body, headers, read, date };
}

function json(code: number, body: Json): Response {
  return new Response(`${JSON.stringify(body)}\n`, {
    status: code,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}
