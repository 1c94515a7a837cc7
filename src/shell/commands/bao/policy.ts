/** `bao policy`. https://openbao.org/docs/commands/policy/ */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { success, type BaoCall, type BaoCommand } from "./call.ts";
import { BaoStop } from "./stop.ts";
import { textFrom } from "./input.ts";
import { formatOf, printData } from "./output.ts";

const nameOf = ({ args }: BaoCall) => (args[0] ?? "").trim().toLowerCase();

async function write(call: BaoCall): Promise<ExecResult> {
  const [, source = ""] = call.args;
  const name = nameOf(call);
  let text: string;
  try {
    text = await textFrom(call, source === "-" ? "-" : `@${source}`);
  } catch (error) {
    if (error instanceof BaoStop)
      throw new BaoStop(`Error opening policy file: open ${source}: no such file or directory`);
    throw error;
  }
  await call.client.secret("uploading policy", "PUT", `sys/policies/acl/${name}`, { policy: text });
  return success(`Uploaded policy: ${name}`);
}

async function read(call: BaoCall): Promise<ExecResult> {
  const name = nameOf(call);
  const secret = await call.client.secret(`reading policy named ${name}`, "GET", `sys/policies/acl/${name}`);
  if (!secret) throw new BaoStop(`No policy named: ${name}`, 2);
  const text = String(secret.data?.["policy"] ?? "").trim();
  return formatOf(call) === "table" ? result(`${text}\n`) : printData(call, { policy: text });
}

async function list(call: BaoCall): Promise<ExecResult> {
  const secret = await call.client.secret("listing policies", "LIST", "sys/policies/acl");
  const names = (secret?.data?.["keys"] ?? []) as readonly string[];
  return formatOf(call) === "table" ? result(names.map((it) => `${it}\n`).join("")) : printData(call, names);
}

async function remove(call: BaoCall): Promise<ExecResult> {
  const name = nameOf(call);
  await call.client.secret("deleting policy", "DELETE", `sys/policies/acl/${name}`);
  return success(`Deleted policy: ${name}`);
}

export const POLICY: readonly BaoCommand[] = [
  { name: "policy write", takes: [2, 2], run: write },
  { name: "policy read", takes: [1, 1], run: read },
  { name: "policy list", takes: [0, 0], run: list },
  { name: "policy delete", takes: [1, 1], run: remove },
];
