/**
 * Who is signed in to the console: a person of the company whose IAM user has their login as its name. The console asks
 * each service in their name, with temporary credentials of its own that nobody sees.
 */
import { sha256 } from "../../../../base/digest.ts";
import type { Origin } from "../../../network.ts";
import { personOf } from "../../../person.ts";
import type { ServicePorts } from "../../../service.ts";
import { accountId } from "../account.ts";
import type { Known } from "../iam/operation.ts";
import { userNamed } from "../users.ts";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Null where nobody is signed in. */
export function signedIn(ports: ServicePorts, { session }: Origin): Known | null {
  const person = session === null ? undefined : personOf(session);
  if (!person || person.side === "attacker" || person.side === "outside") return null;
  const user = userNamed(ports, person.login);
  if (!user) return null;
  const account = accountId(ports);
  const accessKeyId = consoleKeyId(account, user.id);
  return { kind: "user", arn: user.arn, id: user.id, account, user: user.name, accessKeyId, credential: "" };
}

/** ASIA…, the same for one user; like all ids here it holds a digit that real ones never do. */
function consoleKeyId(account: string, user: string): string {
  const digest = sha256(`console session ${account} ${user}`);
  const letters = Array.from(
    { length: 15 },
    (_, i) => BASE32[parseInt(digest.slice(2 * i, 2 * i + 2), 16) % 32],
  );
  return `ASIA${letters.join("")}${"0189"[parseInt(digest.slice(-1), 16) % 4]}`;
}
