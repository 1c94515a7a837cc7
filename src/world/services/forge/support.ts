/**
 * Support: takes sensitive data out of a whole fork network, which nobody else can. A request is answered after twenty
 * minutes.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository
 */
import { tableName } from "../../../base/tables.ts";
import type { Scheduled } from "../../queue.ts";
import type { Forge } from "./forge.ts";
import { removeObjects, unreachable } from "./git/garbage.ts";
import { objectsOf } from "./git/objects.ts";
import { pullRefName, setPullRefs } from "./git/pullRefs.ts";
import { atLeast, repositoryId, type Repository } from "./model.ts";

export const PURGE_MS = 20 * 60_000;

export interface PurgeRequest {
  /** `owner/name`. */
  readonly repository: string;
  /** Numbers of the pull requests whose refs still lead to it. */
  readonly pulls: readonly number[];
  /** The first commits that contain it. */
  readonly commits: readonly string[];
  /** Login of who asks. */
  readonly from: string;
}

export interface SupportTicket extends PurgeRequest {
  readonly id: number;
  readonly createdAtMs: number;
  readonly state: "open" | "refused" | "done";
  /** What support answered. */
  readonly answer: string;
  readonly closedAtMs: number | null;
  /** How many objects went. */
  readonly removed: number;
}

/** By id. */
export const TICKETS = tableName<SupportTicket>("forge/support-tickets");

/** Files a request. It is looked at later; only then is said whether it was granted. */
export function requestPurge(forge: Forge, request: PurgeRequest): SupportTicket {
  const { tables, schedule } = forge.ports;
  const id = tables.next("forge/support-ticket", 5001);
  const ticket: SupportTicket = {
    repository: request.repository,
    pulls: [...request.pulls],
    commits: [...request.commits],
    from: request.from,
    id,
    createdAtMs: forge.now(),
    state: "open",
    answer: "",
    closedAtMs: null,
    removed: 0,
  };
  schedule(forge.now() + PURGE_MS, "forge/purge", { ticket: id });
  return tables.of(TICKETS).set(String(id), ticket);
}

/** `forge/purge`: only an administrator's request is granted. */
export function purge(forge: Forge, { ticket: id }: Scheduled["payload"]): void {
  const ticket = forge.ports.tables.of(TICKETS).get(String(id));
  if (ticket?.state !== "open") return;
  const repository = forge.find(ticket.repository);
  if (!repository || !atLeast(forge.role(repository, ticket.from), "admin"))
    return close(
      forge,
      ticket,
      "refused",
      "We can act only on the request of an administrator of the repository.",
      0,
    );
  dereference(forge, repository, ticket.pulls);
  const gone = unreachable(forge, repository);
  removeObjects(forge, repository, gone);
  const left = ticket.commits.filter((commit) => objectsOf(forge, repository).resolve(commit) !== null);
  const answer =
    left.length === 0
      ? "We removed the references of the pull requests, ran garbage collection and cleared cached views."
      : `We ran garbage collection, but these commits are still reachable from a branch, a tag, a fork or a pull request: ${left.join(", ")}`;
  close(forge, ticket, "done", answer, gone.length);
}

/** Pull requests keep their number and their discussion; what they pointed at is no longer led to. */
function dereference(forge: Forge, repository: Repository, pulls: readonly number[]): void {
  const objects = objectsOf(forge, repository);
  for (const number of pulls)
    if (
      objects.ref(pullRefName(number, "head")) !== null ||
      objects.ref(pullRefName(number, "merge")) !== null
    )
      setPullRefs(forge, repository, number, { head: null, merge: null });
}

function close(
  forge: Forge,
  ticket: SupportTicket,
  state: "refused" | "done",
  answer: string,
  removed: number,
): void {
  const repository = forge.find(ticket.repository);
  const target = repository ? repositoryId(repository) : ticket.repository;
  forge.ports.tables
    .of(TICKETS)
    .change(String(ticket.id), { state, answer, removed, closedAtMs: forge.now() });
  forge.log({
    actor: "support",
    identityType: "staff",
    credentialId: null,
    action: "staff.repository_purge",
    target,
    result: state === "done" ? "allowed" : "denied",
    address: "192.0.2.1",
    requestId: forge.nextRequestId(),
    data: { ticket: ticket.id, requested_by: ticket.from, pulls: ticket.pulls.map(String), objects: removed },
  });
  forge.ports.event({
    who: "provider",
    kind: state === "done" ? "support.purged" : "support.refused",
    what: state === "done" ? `Support purged ${target}` : `Support declined to purge ${target}`,
    data: { repository: target, ticket: ticket.id, removed },
  });
}
