/** `npm owner`. https://docs.npmjs.com/cli/commands/npm-owner */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { failed, usage, type NpmCall } from "./call.ts";
import { ask, type Failed } from "./http.ts";
import { ownName, pathOf } from "./own.ts";
import { fieldsOf } from "./tree/manifest.ts";
import { notFound } from "./tree/source.ts";

const USAGE = [
  "owner add <user> <package-spec>",
  "owner rm <user> <package-spec>",
  "owner ls <package-spec>",
];

interface Owner {
  readonly name: string;
  readonly email: string;
}

interface Document {
  readonly _id: string;
  readonly _rev: string;
  readonly maintainers?: readonly Owner[];
}

export async function owner(call: NpmCall): Promise<ExecResult> {
  const [action = "", ...rest] = call.operands;
  if (action === "ls" || action === "list") return list(call, rest[0]);
  if (action === "add") return change(call, rest, true);
  if (action === "rm" || action === "remove") return change(call, rest, false);
  return usage("Manage package owners", USAGE);
}

async function list(call: NpmCall, given: string | undefined): Promise<ExecResult> {
  const name = await ownName(call, given);
  if (name === null) return usage("Manage package owners", USAGE);
  const answer = await ask(call, "GET", pathOf(name));
  if ("failure" in answer) return told(`owner ls Couldn't get owner data ${name}`, name, answer);
  const { maintainers = [] } = answer.body as Document;
  if (maintainers.length === 0) return result("no admin found\n");
  return result(maintainers.map((it) => `${it.name} <${it.email}>\n`).join(""));
}

function told(line: string, name: string, answer: Failed): ExecResult {
  const { failure } = notFound(answer, { name, wanted: "*" });
  const notice = /^(?:npm notice .*\n)*/.exec(failure.stderr)?.[0] ?? "";
  return { ...failure, stderr: `${notice}npm error ${line}\n${failure.stderr.slice(notice.length)}` };
}

async function change(call: NpmCall, [user, given]: readonly string[], adds: boolean): Promise<ExecResult> {
  const name = await ownName(call, given);
  if (user === undefined || name === null) return usage("Manage package owners", USAGE);
  const known = await ask(call, "GET", `/-/user/org.couchdb.user:${encodeURIComponent(user)}`);
  if ("failure" in known) return told(`owner mutate Error getting user data for ${user}`, name, known);
  const answer = await ask(call, "GET", pathOf(name));
  if ("failure" in answer) return answer.failure;
  const { _id, _rev, maintainers = [] } = answer.body as Document;
  const who = fieldsOf(known.body);
  const person = { name: String(who["name"]), email: String(who["email"]) };
  const isThere = maintainers.some((it) => it.name === person.name);
  if (isThere === adds) return result("");
  const left = adds ? [...maintainers, person] : maintainers.filter((it) => it.name !== person.name);
  if (left.length === 0)
    return failed("EOWNERRM", ["Cannot remove all owners of a package. Add someone else first."]);
  const changed = await ask(call, "PUT", `${pathOf(name)}/-rev/${encodeURIComponent(_rev)}`, {
    _id,
    _rev,
    maintainers: left,
  });
  if ("failure" in changed) {
    const why = /^npm error (?:403 )?(\d{3} [A-Z].* - PUT .*)$/m.exec(changed.failure.stderr)?.[1] ?? "";
    return failed("EOWNERMUTATE", [`Failed to update package: ${JSON.stringify(why)}`]);
  }
  return result(`${adds ? "+" : "-"} ${user} (${name})\n`);
}
