/**
 * What would be allowed, without doing it.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
import { iamArn } from "../account.ts";
import { authorise } from "../authorise.ts";
import { cloudError, type CloudError } from "../error.ts";
import { ROLES, USERS, type Principal } from "../model.ts";
import { policyOfResource } from "../s3/resource.ts";
import type { Xml } from "../xml.ts";
import { noSuchEntity, type IamCall, type IamOperation, type IamResult } from "./operation.ts";

function simulate(call: IamCall): IamResult | CloudError {
  const { parameters, ports } = call;
  const arn = parameters.get("PolicySourceArn") ?? "";
  const principal = principalNamed(call, arn);
  if (!principal) return noSuchEntity(`Entity ${arn} does not exist`);
  const actions = parameters.list("ActionNames");
  if (actions.length === 0) return cloudError("InvalidInput", "ActionNames must not be empty.");
  const resources = parameters.list("ResourceArns");
  const results = actions.flatMap((action) =>
    (resources.length > 0 ? resources : ["*"]).map((resource): Xml => {
      const { allowed, deniedBy } = authorise(ports, principal, {
        ...{ action, resource },
        resourcePolicy: policyOfResource(ports, resource),
      });
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: allowed ? "allowed" : deniedBy === "none" ? "implicitDeny" : "explicitDeny",
        MatchedStatements: [],
        MissingContextValues: [],
      };
    }),
  );
  return { xml: { IsTruncated: false, EvaluationResults: results } };
}

/** A user, or a role as anybody who assumed it. */
function principalNamed({ ports, account }: IamCall, arn: string): Principal | null {
  const user = ports.tables.of(USERS).find((it) => it.arn === arn);
  const common = { account, accessKeyId: "", credential: "" };
  if (user) return { kind: "user", arn, id: user.id, user: user.name, ...common };
  const role = ports.tables.of(ROLES).find((it) => it.arn === arn);
  if (!role) return null;
  const session = "simulation";
  return {
    kind: "session",
    arn,
    id: `${role.id}:${session}`,
    role: role.name,
    roleArn: arn,
    session,
    ...common,
  };
}

export const simulationOperations: readonly IamOperation[] = [
  {
    ...{ name: "SimulatePrincipalPolicy", readOnly: true, needs: ["PolicySourceArn"], run: simulate },
    resource: ({ ports, parameters }) => parameters.get("PolicySourceArn") ?? iamArn(ports, "*"),
  },
];
