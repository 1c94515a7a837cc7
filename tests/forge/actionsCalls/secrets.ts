/** Secrets and variables in all three scopes. */
import { expect } from "vitest";
import {
  FORBIDDEN,
  has,
  ID,
  message,
  ORG,
  REPO,
  repository,
  sealedFor,
  sealedForOrganisation,
  type Row,
} from "./setting.ts";

export const secretsCalls: readonly Row[] = [
  // Secrets
  [
    "the key for sealing",
    "writer",
    (o) => o.rest.actions.getRepoPublicKey(REPO),
    200,
    { key_id: expect.stringMatching(/^\d{18}$/), key: expect.stringMatching(/^[\w+/]{43}=$/) },
  ],
  [
    "no secrets yet",
    "writer",
    (o) => o.rest.actions.listRepoSecrets(REPO),
    200,
    { total_count: 0, secrets: [] },
  ],
  [
    "a new secret",
    "writer",
    async (o) =>
      o.rest.actions.createOrUpdateRepoSecret({
        ...REPO,
        secret_name: "db_url",
        ...(await sealedFor(o, "first")),
      }),
    201,
    {},
  ],
  [
    "a secret changed",
    "writer",
    async (o) =>
      o.rest.actions.createOrUpdateRepoSecret({
        ...REPO,
        secret_name: "DB_URL",
        ...(await sealedFor(o, "second")),
      }),
    204,
  ],
  [
    "a secret shows its name only",
    "writer",
    (o) => o.rest.actions.getRepoSecret({ ...REPO, secret_name: "DB_URL" }),
    200,
    { name: "DB_URL", created_at: expect.stringMatching(/Z$/), updated_at: expect.stringMatching(/Z$/) },
  ],
  [
    "no secret of that name",
    "writer",
    (o) => o.rest.actions.getRepoSecret({ ...REPO, secret_name: "constructor" }),
    404,
    { message: "Not Found", documentation_url: expect.any(String), status: "404" },
  ],
  [
    "a name of the forge's",
    "writer",
    async (o) =>
      o.rest.actions.createOrUpdateRepoSecret({
        ...REPO,
        secret_name: "GITHUB_X",
        ...(await sealedFor(o, "x")),
      }),
    422,
    message("must not start with GITHUB_"),
  ],
  [
    "a name with a dash",
    "writer",
    async (o) =>
      o.rest.actions.createOrUpdateRepoSecret({ ...REPO, secret_name: "A-B", ...(await sealedFor(o, "x")) }),
    422,
    message("can only contain alphanumeric"),
  ],
  [
    "sealed for another key",
    "writer",
    async (o) =>
      o.rest.actions.createOrUpdateRepoSecret({
        ...REPO,
        secret_name: "X",
        ...(await sealedFor(o, "x")),
        key_id: "1",
      }),
    422,
    message("improperly encrypted secret"),
  ],
  [
    "not sealed at all",
    "writer",
    async (o) =>
      o.rest.actions.createOrUpdateRepoSecret({
        ...REPO,
        secret_name: "X",
        key_id: (await sealedFor(o, "x")).key_id,
        encrypted_value: "cGxhaW4=",
      }),
    422,
    message("improperly encrypted secret"),
  ],
  [
    "without the id of the key",
    "writer",
    (o) =>
      o.rest.actions.createOrUpdateRepoSecret({
        ...REPO,
        secret_name: "X",
        encrypted_value: "cGxhaW4=",
      } as never),
    422,
    message(/^Invalid request\.\n\n"key_id" wasn't supplied\.$/),
  ],
  ["readers see no secrets", "reader", (o) => o.rest.actions.listRepoSecrets(REPO), 404],
  ["nor do jobs", "job", (o) => o.rest.actions.listRepoSecrets(REPO), 403, FORBIDDEN],
  [
    "a token for reading lists",
    "narrow",
    (o) => o.rest.actions.listRepoSecrets(REPO),
    200,
    has({ total_count: 1 }),
  ],
  [
    "a token for reading does not delete",
    "narrow",
    (o) => o.rest.actions.deleteRepoSecret({ ...REPO, secret_name: "DB_URL" }),
    403,
    message("^Resource not accessible by personal access token$"),
  ],
  [
    "a secret of the organisation",
    "owner",
    async (o) =>
      o.rest.actions.createOrUpdateOrgSecret({
        ...ORG,
        secret_name: "SHARED",
        visibility: "selected",
        selected_repository_ids: [repository.id] as never,
        ...(await sealedForOrganisation(o, "shared")),
      }),
    201,
    {},
  ],
  [
    "who shares it",
    "owner",
    (o) => o.rest.actions.listSelectedReposForOrgSecret({ ...ORG, secret_name: "SHARED" }),
    200,
    has({ total_count: 1, repositories: [has({ full_name: ID })] }),
  ],
  [
    "the organisation's, as it lists them",
    "owner",
    (o) => o.rest.actions.listOrgSecrets(ORG),
    200,
    {
      total_count: 1,
      secrets: [
        has({
          name: "SHARED",
          visibility: "selected",
          selected_repositories_url: expect.stringContaining(
            "/orgs/lantern-tides/actions/secrets/SHARED/repositories",
          ),
        }),
      ],
    },
  ],
  [
    "the organisation's, as the repository sees them",
    "writer",
    (o) => o.rest.actions.listRepoOrganizationSecrets(REPO),
    200,
    has({ total_count: 1 }),
  ],
  ["members only", "writer", (o) => o.rest.actions.listOrgSecrets(ORG), 404],
  // Variables
  [
    "a variable",
    "writer",
    (o) => o.rest.actions.createRepoVariable({ ...REPO, name: "region", value: "north" }),
    201,
    {},
  ],
  [
    "the same again",
    "writer",
    (o) => o.rest.actions.createRepoVariable({ ...REPO, name: "REGION", value: "x" }),
    409,
    message("Already exists"),
  ],
  [
    "a variable shows its value",
    "writer",
    (o) => o.rest.actions.getRepoVariable({ ...REPO, name: "REGION" }),
    200,
    has({ name: "REGION", value: "north" }),
  ],
  [
    "a variable moves",
    "writer",
    (o) =>
      o.rest.actions.updateRepoVariable({
        ...REPO,
        name: "REGION",
        new_name: "ZONE",
        value: "south",
      } as never),
    204,
  ],
  [
    "a variable without value",
    "writer",
    (o) => o.rest.actions.createRepoVariable({ ...REPO, name: "EMPTY" } as never),
    422,
    message('"value" wasn\'t supplied'),
  ],
  [
    "a variable of the organisation",
    "owner",
    (o) => o.rest.actions.createOrgVariable({ ...ORG, name: "COMPANY", value: "tides", visibility: "all" }),
    201,
  ],
  [
    "as the repository sees it",
    "writer",
    (o) => o.rest.actions.listRepoOrganizationVariables(REPO),
    200,
    { total_count: 1, variables: [has({ name: "COMPANY", value: "tides", visibility: "all" })] },
  ],
  [
    "a variable deleted",
    "writer",
    (o) => o.rest.actions.deleteRepoVariable({ ...REPO, name: "REGION" }),
    204,
  ],
];
