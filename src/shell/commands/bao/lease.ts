/** `bao lease`. https://openbao.org/docs/commands/lease/ */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { success, type BaoCall, type BaoCommand } from "./call.ts";
import { BaoStop } from "./stop.ts";
import { cleanPath } from "./input.ts";
import { printSecret } from "./output.ts";

async function lookup(call: BaoCall): Promise<ExecResult> {
  const id = call.args[0] ?? "";
  const secret = await call.client.secret(`looking up lease id ${id}`, "PUT", "sys/leases/lookup", {
    lease_id: id,
  });
  if (!secret) throw new BaoStop(`No lease ${id}`, 2);
  return printSecret(call, secret);
}

async function renew(call: BaoCall): Promise<ExecResult> {
  const id = call.args[0] ?? "";
  const increment = call.flags.value("increment") ?? call.flags.value("i");
  const body = { lease_id: id, ...(increment === undefined ? {} : { increment }) };
  const secret = await call.client.secret(`renewing lease`, "PUT", "sys/leases/renew", body);
  if (!secret) throw new BaoStop(`No lease ${id}`, 2);
  return printSecret(call, secret);
}

const FORCE_WARNING = `WARNING! Force-removing leases can cause OpenBao to become out of sync with secret engines!\n`;

async function revoke(call: BaoCall): Promise<ExecResult> {
  const { client, flags } = call;
  const id = cleanPath(call.args[0] ?? "");
  const [prefix, force, sync] = [flags.on("prefix"), flags.on("force") || flags.on("f"), flags.on("sync")];
  if (force && !prefix) throw new BaoStop("Specifying -force requires also specifying -prefix");
  if (force) {
    await client.secret(
      `force revoking leases with prefix ${id}`,
      "PUT",
      `sys/leases/revoke-force/${id}`,
      {},
    );
    return { ...success(`Force revoked any leases with prefix: ${id}`), stderr: FORCE_WARNING };
  }
  if (prefix)
    await client.secret(`revoking leases with prefix ${id}`, "PUT", `sys/leases/revoke-prefix/${id}`, {});
  else await client.secret(`revoking lease ${id}`, "PUT", "sys/leases/revoke", { lease_id: id, sync });
  if (!sync) return result("All revocation operations queued successfully!\n");
  return success(prefix ? `Revoked any leases with prefix: ${id}` : `Revoked lease: ${id}`);
}

export const LEASE: readonly BaoCommand[] = [
  { name: "lease lookup", takes: [1, 1], run: lookup },
  { name: "lease renew", values: ["increment", "i"], takes: [1, 1], run: renew },
  { name: "lease revoke", switches: ["prefix", "force", "f", "sync"], takes: [1, 1], run: revoke },
];
