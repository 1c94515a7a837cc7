/** https://docs.github.com/en/rest/activity/events */
import type { Json } from "../../../../base/json.ts";
import { feed, type Activity } from "../activity.ts";
import { API } from "../host.ts";
import { personJson } from "../json/account.ts";
import { repositoryId } from "../model.ts";
import { list, notFound, time } from "./answer.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

export const eventRoutes: readonly Route[] = [
  onSite("GET", "/events", "anyone", listPublic),
  onRepository("GET", "/events", ["metadata", "read"], listOfRepository),
  onSite("GET", "/users/{username}/events", "anyone", listOfUser),
  onSite("GET", "/users/{username}/events/public", "anyone", listOfUser),
  onSite("GET", "/orgs/{org}/events", "anyone", listOfOrganisation),
];

function listPublic(call: Call): Response {
  return shown(call, (activity) => isPublic(call, activity));
}

/** Public now: what was private when it happened is shown too, as everything of a repository that is opened. */
function isPublic({ forge }: Call, { repository }: Activity): boolean {
  return forge.byId(repository)?.visibility === "public";
}

function listOfRepository(call: RepositoryCall): Response {
  return shown(call, ({ repository }) => repository === call.repository.id);
}

function listOfUser(call: Call): Response {
  const account = call.forge.account(call.params["username"] as string);
  if (!account) return notFound();
  return shown(call, (activity) => activity.actor === account.login && isPublic(call, activity));
}

function listOfOrganisation(call: Call): Response {
  const account = call.forge.account(call.params["org"] as string);
  if (account?.type !== "Organization") return notFound();
  return shown(
    call,
    (activity) => call.forge.byId(activity.repository)?.owner === account.login && isPublic(call, activity),
  );
}

function shown(call: Call, wanted: (activity: Activity) => boolean): Response {
  return list(call, feed(call.forge, wanted), (activity) => activityJson(call, activity));
}

function activityJson({ forge }: Call, { id, type, actor, repository, payload, atMs }: Activity): Json {
  const about = forge.byId(repository);
  const name = about ? repositoryId(about) : "";
  const { login, id: number, avatar_url } = personJson(forge, actor) as { readonly [key: string]: Json };
  return {
    id: String(id),
    type,
    actor: {
      id: number,
      login,
      display_login: login,
      gravatar_id: "",
      url: `${API}/users/${actor}`,
      avatar_url,
    },
    repo: { id: repository, name, url: `${API}/repos/${name}` },
    payload,
    public: about?.visibility === "public",
    created_at: time(atMs),
  };
}
