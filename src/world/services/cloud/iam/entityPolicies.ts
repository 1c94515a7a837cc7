/** Policies of users and roles: inline ones, and managed ones that are attached. The same for both. */
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import { policyProblem } from "../policy/document.ts";
import { documentOf } from "./documents.ts";
import { entityArn, entityResource, findEntity, ROLE, USER, type Entity, type EntityKind } from "./entity.ts";
import {
  DONE,
  encodedDocument,
  limitExceeded,
  malformedPolicy,
  noSuchEntity,
  type IamCall,
  type IamOperation,
  type IamResult,
} from "./operation.ts";
import { paged } from "./parameters.ts";

type Run = (kind: EntityKind, entity: Entity, call: IamCall) => IamResult | CloudError;

/** Characters of all inline policies together, without white space. */
const MOST_INLINE: Readonly<Record<EntityKind["title"], number>> = { User: 2048, Role: 10_240 };

const put: Run = (kind, { name, inline }, call) => {
  const document = call.parameters.get("PolicyDocument") ?? "";
  const problem = policyProblem(document, "identity");
  if (problem !== null) return malformedPolicy(problem);
  const policies = { ...inline, [policyName(call)]: document };
  const most = MOST_INLINE[kind.title];
  if (Object.values(policies).join("").replace(/\s/g, "").length > most)
    return limitExceeded(
      `Maximum policy size of ${most} bytes exceeded for ${kind.title.toLowerCase()} ${name}`,
    );
  kind.change(call.ports, name, { inline: policies });
  return changed(kind, name, call);
};

const get: Run = (kind, { name, inline }, call) => {
  const policy = policyName(call);
  if (!Object.hasOwn(inline, policy)) return noInline(kind, policy);
  return {
    xml: {
      [`${kind.title}Name`]: name,
      PolicyName: policy,
      PolicyDocument: encodedDocument(inline[policy] ?? ""),
    },
  };
};

const remove: Run = (kind, { name, inline }, call) => {
  const policy = policyName(call);
  if (!Object.hasOwn(inline, policy)) return noInline(kind, policy);
  const rest = Object.entries(inline).filter(([other]) => other !== policy);
  kind.change(call.ports, name, { inline: Object.fromEntries(rest) });
  return changed(kind, name, call);
};

const list: Run = (_, { inline }, call) => {
  const page = paged(call, "PolicyNames", Object.keys(inline).sort(), (name) => name);
  return isCloudError(page) ? page : { xml: page };
};

const attach: Run = (kind, { name, attached }, call) => {
  const arn = policyArn(call);
  if (isCloudError(arn)) return arn;
  if (documentOf(call.ports, arn) === null)
    return noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  if (!attached.includes(arn)) {
    if (attached.length >= kind.most)
      return limitExceeded(`Cannot exceed quota for PoliciesPer${kind.title}: ${kind.most}`);
    kind.change(call.ports, name, { attached: [...attached, arn] });
  }
  return changed(kind, name, call);
};

const detach: Run = (kind, { name, attached }, call) => {
  const arn = policyArn(call);
  if (isCloudError(arn)) return arn;
  if (!attached.includes(arn)) return noSuchEntity(`Policy ${arn} was not found.`);
  kind.change(call.ports, name, { attached: attached.filter((it) => it !== arn) });
  return changed(kind, name, call);
};

const listAttached: Run = (_, { attached }, call) => {
  const page = paged(call, "AttachedPolicies", attached, (arn) => ({
    PolicyName: arn.split("/").at(-1) ?? "",
    PolicyArn: arn,
  }));
  return isCloudError(page) ? page : { xml: page };
};

function changed(kind: EntityKind, name: string, { parameters }: IamCall): IamResult {
  const arn = parameters.get("PolicyArn");
  const policy = arn === undefined ? [] : [{ type: "AWS::IAM::Policy", name: arn }];
  return { ...DONE, resources: [entityResource(kind, name), ...policy] };
}

function policyName({ parameters }: IamCall): string {
  return parameters.get("PolicyName") ?? "";
}

function policyArn({ parameters }: IamCall): string | CloudError {
  const arn = parameters.get("PolicyArn") ?? "";
  const good = /^arn:aws:iam::(?:aws|\d{12}):policy\/.+$/.test(arn);
  return good ? arn : cloudError("InvalidInput", `ARN ${arn.slice(0, 200)} is not valid.`);
}

function noInline({ title }: EntityKind, policy: string): CloudError {
  return noSuchEntity(`The ${title.toLowerCase()} policy with name ${policy} cannot be found.`);
}

function operations(kind: EntityKind): IamOperation[] {
  const { title } = kind;
  const operation = (name: string, readOnly: boolean, needs: readonly string[], run: Run): IamOperation => ({
    name,
    readOnly,
    needs: [`${title}Name`, ...needs],
    resource: (call) => entityArn(kind, call),
    context: ({ parameters }): Readonly<Record<string, string>> => {
      const arn = parameters.get("PolicyArn");
      return arn === undefined ? {} : { "iam:PolicyARN": arn };
    },
    run(call) {
      const entity = findEntity(kind, call);
      return isCloudError(entity) ? entity : run(kind, entity, call);
    },
  });
  return [
    operation(`Put${title}Policy`, false, ["PolicyName", "PolicyDocument"], put),
    operation(`Get${title}Policy`, true, ["PolicyName"], get),
    operation(`Delete${title}Policy`, false, ["PolicyName"], remove),
    operation(`List${title}Policies`, true, [], list),
    operation(`Attach${title}Policy`, false, ["PolicyArn"], attach),
    operation(`Detach${title}Policy`, false, ["PolicyArn"], detach),
    operation(`ListAttached${title}Policies`, true, [], listAttached),
  ];
}

export const entityPolicyOperations: readonly IamOperation[] = [...operations(USER), ...operations(ROLE)];
