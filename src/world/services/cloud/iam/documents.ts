/** The document of a managed policy, the account's own or AWS's. */
import type { ServicePorts } from "../../../service.ts";
import { POLICIES } from "../model.ts";
import { awsDocument, awsPolicy } from "./awsPolicies.ts";

/** Of the default version; null where there is no such policy. */
export function documentOf({ tables }: Pick<ServicePorts, "tables">, arn: string): string | null {
  const own = tables.of(POLICIES).get(arn);
  if (own) return own.versions.find(({ id }) => id === own.defaultVersion)?.document ?? null;
  const theirs = awsPolicy(arn);
  return theirs ? awsDocument(theirs) : null;
}
