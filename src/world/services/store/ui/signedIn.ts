/**
 * Who is signed in: whoever's machine has a token in `~/.vault-token`, which is where `bao login` leaves it. The panel
 * uses the same one.
 */
import { toUtf8 } from "../../../../base/bytes.ts";
import type { Origin } from "../../../network.ts";
import { personOf } from "../../../person.ts";
import type { ServicePorts } from "../../../service.ts";

/** The token; empty where there is none. */
export function tokenAtHome({ machines }: ServicePorts, { session }: Origin): string {
  const person = session === null ? undefined : personOf(session);
  if (!person || !machines.has(person.machine)) return "";
  const disk = machines.get(person.machine);
  const path = `${person.home}/.vault-token`;
  return disk.exists(path) && disk.stat(path).kind === "file" ? toUtf8(disk.read(path)).trim() : "";
}
