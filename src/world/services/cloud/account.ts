/** The account of the cloud: whether there is one, and the ids that it gives. */
import { invariant } from "../../../base/invariant.ts";
import type { ServicePorts } from "../../service.ts";
import { ACCOUNT, ACCOUNT_KEY } from "./model.ts";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function cloudExists({ tables }: Pick<ServicePorts, "tables">): boolean {
  return tables.of(ACCOUNT).has(ACCOUNT_KEY);
}

export function accountId({ tables }: Pick<ServicePorts, "tables">): string {
  const account = tables.of(ACCOUNT).get(ACCOUNT_KEY);
  invariant(account, "there is no cloud in this world");
  return account.id;
}

/** From now on the cloud exists. The same number for the same seed. */
export function openAccount(ports: ServicePorts, contacts: readonly string[] = []): void {
  if (cloudExists(ports)) return;
  const digits = ports.random(11, "0123456789");
  ports.tables.of(ACCOUNT).set(ACCOUNT_KEY, { id: `${ports.random(1, "123456789")}${digits}`, contacts });
}

/** "arn:aws:iam::ACCOUNT:RESOURCE". */
export function iamArn(ports: Pick<ServicePorts, "tables">, resource: string): string {
  return `arn:aws:iam::${accountId(ports)}:${resource}`;
}

/** Ids by kind: AIDA users, AROA roles, ANPA policies. Like real ones, but no base 32: none means anything outside. */
export function uniqueId(ports: ServicePorts, kind: "AIDA" | "AROA" | "ANPA"): string {
  return `${kind}${ports.random(16, BASE32)}${ports.random(1, "0189")}`;
}
