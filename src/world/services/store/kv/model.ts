/** Secrets of key-value engines: their versions, and what is told about them. */
import { tableName } from "../../../../base/tables.ts";
import type { Fields } from "../model.ts";

export interface Version {
  readonly version: number;
  /** Null once it is destroyed. */
  readonly data: Fields | null;
  readonly createdAtMs: number;
  /** When it is hidden; null: not. In the future where the secret says for how long versions are good. */
  readonly deletedAtMs: number | null;
  readonly destroyed: boolean;
}

export interface Secret {
  readonly mount: string;
  readonly path: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly currentVersion: number;
  readonly oldestVersion: number;
  readonly maxVersions: number;
  readonly casRequired: boolean;
  readonly deleteVersionAfterMs: number;
  readonly customMetadata: Readonly<Record<string, string>> | null;
  readonly versions: readonly Version[];
}

/** By `mount path`. Engines of version 1, and cubbyholes, keep one version of each. */
export const SECRETS = tableName<Secret>("store/secrets");

/** Settings of an engine: an entry of this kind with an empty name. */
export const CONFIG = "kv-config";
export const USUAL_VERSIONS = 10;
