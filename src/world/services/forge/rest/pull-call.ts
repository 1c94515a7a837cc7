/** The pull request that a path names, and who the caller is. */
import type { By } from "../git/by.ts";
import type { Identity } from "../identity.ts";
import { pullOf, type Request } from "../pulls.ts";
import { failure, notFound } from "./answer.ts";
import { mayDiscuss, refused } from "./issue-call.ts";
import type { Answer, RepositoryCall } from "./route.ts";

export interface PullCall extends RepositoryCall {
  readonly request: Request;
}

export interface SignedPullCall extends PullCall {
  readonly identity: Identity;
}

export function onPull(run: (call: PullCall) => Answer): (call: RepositoryCall) => Answer {
  return (call) => {
    const request = pullOf(call.forge, call.repository, Number(call.params["number"]));
    return request ? run({ ...call, request }) : notFound();
  };
}

/** Whoever reads may take part; what else is needed the operation asks itself. */
export function asParticipant(run: (call: SignedPullCall) => Answer): (call: RepositoryCall) => Answer {
  return onPull((call) => {
    const { identity } = call;
    if (!identity) return failure(401, "Requires authentication");
    if (!mayDiscuss(call, { pull: true })) return refused(identity);
    if (call.repository.archived) return failure(403, "Repository was archived so is read-only.");
    return run({ ...call, identity });
  });
}

export function byOf({ address, requestId }: RepositoryCall, identity: Identity): By {
  return { identity, address, requestId };
}

/** The author, or somebody who may write. */
export function isAuthorOrWriter({ forge, repository, request, identity }: SignedPullCall): boolean {
  return (
    request.issue.author === identity.login || forge.allows(identity, repository, "pull_requests", "write")
  );
}
