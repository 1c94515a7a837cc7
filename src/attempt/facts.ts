/** What differs from seed to seed, by shell variable: facts, and the values of what is planted. */
import { Stream } from "../base/stream.ts";
import { mint } from "../engine/kinds.ts";
import type { LabBundle } from "../lab/bundle.ts";
import { durationMs } from "../lab/duration.ts";
import { START_MS } from "../world/clock.ts";
import type { Credential } from "../world/credential.ts";
import { accessKeyIdOf } from "../world/services/cloud/authenticate.ts";
import { grantsOf as databaseGrants } from "../world/services/database/model.ts";
import type { CloudGrants } from "../world/services/cloud/model.ts";
import type { World } from "../world/world.ts";

/** From where a key was used before the lab began: the company's own line. */
const CLOUD_OFFICE = "203.0.113.30";

/** The facts of this seed. */
export function varied({ manifest }: LabBundle, seed: number): Record<string, string> {
  const entries = Object.entries(manifest.vary).map(
    ([name, values]) => [name, new Stream(seed, `vary/${name}`).pick(values)] as const,
  );
  return Object.fromEntries(entries);
}

/** What scripts of the lab find in their environment: facts, and planted values as they are now. */
export function labVariables(bundle: LabBundle, world: World): Record<string, string> {
  const secrets = bundle.manifest.credentials.flatMap(({ id, variable }) =>
    variable === undefined ? [] : valuesOf(variable, world.credentials.get(id)),
  );
  return { ...varied(bundle, world.seed), ...Object.fromEntries(secrets) };
}

/** An access key of the cloud has a public half too: in the variable with `_ID` behind its name. */
function valuesOf(variable: string, credential: Credential | undefined): [string, string][] {
  const accessKeyId = credential?.issuer === "cloud" ? accessKeyIdOf(credential) : "";
  const value: [string, string] = [variable, credential?.value ?? ""];
  return accessKeyId === "" ? [value] : [value, [`${variable}_ID`, accessKeyId]];
}

/** Replaces {{NAME}}. */
export function fill(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{([A-Z][A-Z0-9_]*)\}\}/g, (whole, name: string) => facts[name] ?? whole);
}

/** An address of a database names the server, role and database that the lab grants; nothing said: those of staging. */
function urlTo(value: string, grants: Credential["grants"]): string {
  const place = databaseGrants({ grants, value });
  if (!place) return value;
  const { host, role, database } = place;
  return value.replace(/\/\/[^:]+:([^@]+)@.*$/, `//${role}:$1@${host}:5432/${database}`);
}

/** What a lab says of an access key, with the public half that was minted with it. */
function cloudGrants(grants: Credential["grants"], accessKeyId: string | undefined): Credential["grants"] {
  return { ...(grants as CloudGrants), accessKeyId: accessKeyId ?? "" };
}

interface Past {
  readonly createdAtMs: number;
  readonly uses: Credential["uses"];
}

/** An access key may be older than the lab, and may have been used long before it. */
function pastOf(grants: Credential["grants"], createdAtMs: number): Past {
  const { user, created, lastUsed } = grants as Partial<Extract<CloudGrants, { user: string }>>;
  const before = (span: string) => START_MS - durationMs(span);
  const use = { actor: user ?? "", address: CLOUD_OFFICE, action: "sts:GetCallerIdentity" };
  return {
    createdAtMs: created === undefined ? createdAtMs : before(created),
    uses: lastUsed === undefined ? [] : [{ ...use, atMs: before(lastUsed), result: "allowed" }],
  };
}

export function credentialsOf({ manifest }: LabBundle, seed: number, createdAtMs: number): Credential[] {
  return manifest.credentials.map(({ id, kind, owner, scope, issuer, grants, expires }) => {
    const { value, parts, needles } = mint(kind, new Stream(seed, `credential/${id}`));
    const isCloud = issuer === "cloud";
    return {
      id,
      kind,
      issuer,
      value: kind === "postgresUrl" ? urlTo(value, grants) : value,
      parts: needles,
      owner,
      scope,
      grants: isCloud
        ? cloudGrants(grants, (parts as Readonly<Record<string, string>>)["accessKeyId"])
        : grants,
      planted: true,
      status: "active",
      expiresAtMs: expires === undefined ? null : START_MS + durationMs(expires),
      ...(isCloud ? pastOf(grants, createdAtMs) : { createdAtMs, uses: [] }),
    };
  });
}
