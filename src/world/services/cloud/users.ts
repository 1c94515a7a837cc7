/** IAM users as records: made, found, and given policies. */
import type { ServicePorts } from "../../service.ts";
import { iamArn, uniqueId } from "./account.ts";
import { USERS, type IamUser } from "./model.ts";

/** Names are the same in every case: nobody can be `Mina` beside `mina`. */
export function userNamed({ tables }: Pick<ServicePorts, "tables">, name: string): IamUser | undefined {
  return tables.of(USERS).get(name.toLowerCase());
}

export function addUser(
  ports: ServicePorts,
  name: string,
  more: Partial<Pick<IamUser, "path" | "tags" | "createdAtMs">> = {},
): IamUser {
  const { path = "/", tags = {}, createdAtMs = ports.now() } = more;
  return ports.tables.of(USERS).set(name.toLowerCase(), {
    name,
    path,
    id: uniqueId(ports, "AIDA"),
    arn: iamArn(ports, `user${path}${name}`),
    createdAtMs,
    inline: {},
    attached: [],
    tags,
    loginProfile: null,
  });
}

export function changeUser({ tables }: ServicePorts, user: IamUser, fields: Partial<IamUser>): IamUser {
  return tables.of(USERS).change(user.name.toLowerCase(), fields);
}

/** Attaching what is attached already changes nothing. */
export function attachToUser(ports: ServicePorts, name: string, arn: string): void {
  const user = userNamed(ports, name);
  if (user && !user.attached.includes(arn)) changeUser(ports, user, { attached: [...user.attached, arn] });
}
