/**
 * The web form of support. GitHub's is no API; this one takes JSON: `{repository, pulls, commits}`.
 * https://docs.github.com/en/support/contacting-github-support/creating-a-support-ticket
 */
import type { Json } from "../../../../base/json.ts";
import { FORGE_ORIGIN } from "../host.ts";
import { requestPurge, TICKETS, type SupportTicket } from "../support.ts";
import { invalid, json, list, time, timeOrNull } from "./answer.ts";
import { onSite, type Call, type Route } from "./route.ts";

export const supportRoutes: readonly Route[] = [
  onSite("POST", "/support", "user", file),
  onSite("GET", "/support", "user", mine),
];

function file({ forge, identity, body }: Call): Response {
  const { repository, pulls = [], commits = [] } = body;
  const login = identity?.login ?? "";
  const wrong = (field: string) => invalid({ resource: "SupportTicket", field, code: "invalid" });
  if (typeof repository !== "string" || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return wrong("repository");
  if (!Array.isArray(pulls) || !pulls.every((it) => Number.isSafeInteger(it))) return wrong("pulls");
  if (
    !Array.isArray(commits) ||
    !commits.every((it) => typeof it === "string" && /^[0-9a-f]{4,40}$/.test(it))
  )
    return wrong("commits");
  return json(201, ticketJson(requestPurge(forge, { repository, pulls, commits, from: login })));
}

function mine(call: Call): Response {
  const tickets = call.forge.ports.tables.of(TICKETS).filter(({ from }) => from === call.identity?.login);
  return list(call, tickets.toReversed(), ticketJson);
}

function ticketJson(ticket: SupportTicket): Json {
  return {
    id: ticket.id,
    html_url: `${FORGE_ORIGIN}/support/${ticket.id}`,
    repository: ticket.repository,
    pulls: [...ticket.pulls],
    commits: [...ticket.commits],
    state: ticket.state,
    answer: ticket.answer,
    created_at: time(ticket.createdAtMs),
    closed_at: timeOrNull(ticket.closedAtMs),
  };
}
