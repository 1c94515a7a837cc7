/**
 * Settings of Actions: those of a repository, within what its organisation allows.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository
 */
import { tableName } from "../../../../base/tables.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { DEFAULT_SETTINGS, SETTINGS, type ActionsSettings } from "./model.ts";

export interface OrganisationSettings extends ActionsSettings {
  readonly enabledRepositories: "all" | "none" | "selected";
  /** `owner/name` of those that `selected` means. */
  readonly selectedRepositories: readonly string[];
}

/** By login, in lower case. Where there is no record an organisation restricts nothing. */
export const ORGANISATION_SETTINGS = tableName<OrganisationSettings>("actions/organisation-settings");

const UNRESTRICTED: OrganisationSettings = {
  ...DEFAULT_SETTINGS,
  enabledRepositories: "all",
  selectedRepositories: [],
};

/** What holds for a repository. */
export function settingsOf(forge: Forge, repository: Repository): ActionsSettings {
  const { tables } = forge.ports;
  const own = tables.of(SETTINGS).get(repositoryId(repository).toLowerCase());
  const above = tables.of(ORGANISATION_SETTINGS).get(repository.owner.toLowerCase());
  return above ? within(above, own, repository) : withSubject(own ?? DEFAULT_SETTINGS, null);
}

export function changeSettings(
  forge: Forge,
  repository: Repository,
  fields: Partial<ActionsSettings>,
): ActionsSettings {
  const table = forge.ports.tables.of(SETTINGS);
  const key = repositoryId(repository).toLowerCase();
  return table.set(key, { ...(table.get(key) ?? settingsOf(forge, repository)), ...fields });
}

export function organisationSettingsOf(forge: Forge, organisation: string): OrganisationSettings {
  return forge.ports.tables.of(ORGANISATION_SETTINGS).get(organisation.toLowerCase()) ?? UNRESTRICTED;
}

export function changeOrganisationSettings(
  forge: Forge,
  organisation: string,
  fields: Partial<OrganisationSettings>,
): OrganisationSettings {
  const settings = { ...organisationSettingsOf(forge, organisation), ...fields };
  return forge.ports.tables.of(ORGANISATION_SETTINGS).set(organisation.toLowerCase(), settings);
}

/** Whether the organisation of a repository leaves a choice to it; null where it restricts nothing. */
export function restrictionsOn(forge: Forge, repository: Repository): OrganisationSettings | null {
  return forge.ports.tables.of(ORGANISATION_SETTINGS).get(repository.owner.toLowerCase()) ?? null;
}

/** An organisation's narrower choice wins; where a repository never chose, the organisation's holds. */
function within(
  above: OrganisationSettings,
  own: ActionsSettings | undefined,
  repository: Repository,
): ActionsSettings {
  const chosen = own ?? above;
  const narrow = above.allowedActions === "all" ? chosen : above;
  const settings: ActionsSettings = {
    enabled: isEnabled(above, repository) && (own?.enabled ?? true),
    allowedActions: narrow.allowedActions,
    selectedActions: narrow.selectedActions,
    shaPinningRequired: above.shaPinningRequired || chosen.shaPinningRequired,
    defaultPermissions: above.defaultPermissions === "read" ? "read" : chosen.defaultPermissions,
    mayApprovePulls: above.mayApprovePulls && chosen.mayApprovePulls,
    forkApproval: chosen.forkApproval,
    oidcSubject: own?.oidcSubject ?? null,
    oidcImmutable: own?.oidcImmutable ?? above.oidcImmutable,
    accessLevel: own?.accessLevel ?? "none",
    retentionDays: Math.min(above.retentionDays, chosen.retentionDays),
  };
  return withSubject(settings, above.oidcSubject);
}

/** An empty list of claims: the repository follows its organisation's template. */
function withSubject(settings: ActionsSettings, template: readonly string[] | null): ActionsSettings {
  return settings.oidcSubject?.length === 0 ? { ...settings, oidcSubject: template } : settings;
}

function isEnabled(above: OrganisationSettings, repository: Repository): boolean {
  if (above.enabledRepositories !== "selected") return above.enabledRepositories === "all";
  const id = repositoryId(repository).toLowerCase();
  return above.selectedRepositories.some((it) => it.toLowerCase() === id);
}

/** What the repository chose for the subject of its tokens; empty where it follows its organisation, null for the default. */
export function ownSubjectOf(forge: Forge, repository: Repository): readonly string[] | null {
  return forge.ports.tables.of(SETTINGS).get(repositoryId(repository).toLowerCase())?.oidcSubject ?? null;
}
