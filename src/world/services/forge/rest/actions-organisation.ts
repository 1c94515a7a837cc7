/** Operations on an organisation's settings of Actions: its owners may, with a browser or a classic token. */
import type { Account, Repository } from "../model.ts";
import { failure } from "./answer.ts";
import { organisationFor } from "./organisation-call.ts";
import { onSite, type Answer, type Call, type SiteRoute } from "./route.ts";

export interface OrganisationCall extends Call {
  readonly organisation: Account;
}

export function onOrganisation(
  method: string,
  path: string,
  run: (call: OrganisationCall) => Answer,
): SiteRoute {
  return onSite(method, `/orgs/{org}${path}`, "user", (call) => {
    // A job is a member of nothing, and is told so before anything else.
    if (call.identity?.grants.kind === "job") return failure(403, "Resource not accessible by integration");
    const organisation = organisationFor(call, "owner");
    return organisation instanceof Response ? organisation : run({ ...call, organisation });
  });
}

/** Repositories of the organisation, by their numbers; null where one is not there. */
export function repositoriesById(
  { forge, organisation }: OrganisationCall,
  ids: readonly number[],
): Repository[] | null {
  const found = ids.map((id) => forge.byId(id));
  const owner = organisation.login.toLowerCase();
  return found.every((it): it is Repository => it?.owner.toLowerCase() === owner) ? found : null;
}
