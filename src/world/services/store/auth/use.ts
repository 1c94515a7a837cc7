/** A planted credential that is no token may still open the store: a password, a secret id. Its use is recorded too. */
import type { StoreCall } from "../call.ts";

export function credentialUsed(
  { ports, from, path }: StoreCall,
  value: string,
  actor: string,
  right: boolean,
): void {
  const credential = ports.credentials.find("store", value) ?? ports.credentials.find("none", value);
  if (!credential) return;
  const result = right ? "allowed" : "denied";
  ports.credentials.used(credential.id, { actor, address: from.address, action: `login ${path}`, result });
}
