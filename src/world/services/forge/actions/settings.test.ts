import { beforeEach, expect, test } from "vitest";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { DEFAULT_SETTINGS, type ActionsSettings } from "./model.ts";
import {
  changeOrganisationSettings,
  changeSettings,
  settingsOf,
  type OrganisationSettings,
} from "./settings.ts";
import { forgeWithRepository, ID } from "./setting.fixture.ts";

let forge: Forge;
let repository: Repository;

beforeEach(() => ({ forge, repository } = forgeWithRepository()));

test("without records the defaults hold", () => {
  expect(settingsOf(forge, repository)).toEqual(DEFAULT_SETTINGS);
});

type Fields = Partial<ActionsSettings>;

test.each<[above: Partial<OrganisationSettings>, own: Fields | null, holds: Fields]>([
  [{ defaultPermissions: "write" }, null, { defaultPermissions: "write" }],
  [{ defaultPermissions: "read" }, { defaultPermissions: "write" }, { defaultPermissions: "read" }],
  [{ defaultPermissions: "write" }, { defaultPermissions: "read" }, { defaultPermissions: "read" }],
  [{ mayApprovePulls: false }, { mayApprovePulls: true }, { mayApprovePulls: false }],
  [{ enabledRepositories: "none" }, null, { enabled: false }],
  [{ enabledRepositories: "selected", selectedRepositories: [ID] }, null, { enabled: true }],
  [
    { enabledRepositories: "selected", selectedRepositories: ["lantern-tides/other"] },
    null,
    { enabled: false },
  ],
  [{}, { enabled: false }, { enabled: false }],
  [{ allowedActions: "local_only" }, { allowedActions: "all" }, { allowedActions: "local_only" }],
  [{ allowedActions: "all" }, { allowedActions: "selected" }, { allowedActions: "selected" }],
  [{ shaPinningRequired: true }, { shaPinningRequired: false }, { shaPinningRequired: true }],
  [{ forkApproval: "all_external_contributors" }, null, { forkApproval: "all_external_contributors" }],
  [{ oidcSubject: ["repo"] }, null, { oidcSubject: null }],
  [{ oidcSubject: ["repo"] }, { oidcSubject: [] }, { oidcSubject: ["repo"] }],
  [{ oidcSubject: ["repo"] }, { oidcSubject: ["ref"] }, { oidcSubject: ["ref"] }],
  [{ retentionDays: 10 }, { retentionDays: 60 }, { retentionDays: 10 }],
])("organisation %j, repository %j: %j", (above, own, holds) => {
  changeOrganisationSettings(forge, "lantern-tides", above);
  if (own) changeSettings(forge, repository, own);
  expect(settingsOf(forge, repository)).toMatchObject(holds);
});
