/** What users and roles have in common: they carry policies. */
import type { ServicePorts } from "../../../service.ts";
import { iamArn } from "../account.ts";
import type { CloudError } from "../error.ts";
import { ROLES } from "../model.ts";
import { changeUser, userNamed } from "../users.ts";
import { noSuchEntity, type IamCall } from "./operation.ts";

export interface Policies {
  readonly inline: Readonly<Record<string, string>>;
  readonly attached: readonly string[];
}

export interface Entity extends Policies {
  readonly name: string;
  readonly arn: string;
}

/** A kind of entity, as names of operations and parameters have it. */
export interface EntityKind {
  readonly title: "User" | "Role";
  /** How many policies may be attached. */
  readonly most: number;
  find(ports: ServicePorts, name: string): Entity | undefined;
  change(ports: ServicePorts, name: string, fields: Partial<Policies>): void;
}

export const USER: EntityKind = {
  title: "User",
  most: 10,
  find: userNamed,
  change(ports, name, fields) {
    const user = userNamed(ports, name);
    if (user) changeUser(ports, user, fields);
  },
};

export const ROLE: EntityKind = {
  title: "Role",
  most: 10,
  find: ({ tables }, name) => tables.of(ROLES).get(name.toLowerCase()),
  change: ({ tables }, name, fields) => void tables.of(ROLES).change(name.toLowerCase(), fields),
};

export function entityName({ title }: EntityKind, { parameters }: IamCall): string {
  return parameters.get(`${title}Name`) ?? "";
}

export function entityArn(kind: EntityKind, call: IamCall): string {
  const name = entityName(kind, call);
  return kind.find(call.ports, name)?.arn ?? iamArn(call.ports, `${kind.title.toLowerCase()}/${name}`);
}

export function findEntity(kind: EntityKind, call: IamCall): Entity | CloudError {
  const name = entityName(kind, call);
  return (
    kind.find(call.ports, name) ??
    noSuchEntity(`The ${kind.title.toLowerCase()} with name ${name} cannot be found.`)
  );
}

export function entityResource({ title }: EntityKind, name: string): { type: string; name: string } {
  return { type: `AWS::IAM::${title}`, name };
}
