/** A policy: which paths, and what may be done there. https://openbao.org/docs/concepts/policies/ */
import { tableName } from "../../../../base/tables.ts";

export const CAPABILITIES = [
  "create",
  "read",
  "update",
  "delete",
  "list",
  "patch",
  "scan",
  "sudo",
  "deny",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Values by parameter; an empty list: any value. */
export type Parameters = Readonly<Record<string, readonly (string | number | boolean)[]>>;

export interface Rule {
  /** As written: with `+` for one segment, and `*` at the end for what begins so. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
  readonly allowed: Parameters | null;
  readonly denied: Parameters | null;
  readonly required: readonly string[];
}

export interface Policy {
  readonly name: string;
  /** As it was written. */
  readonly text: string;
  readonly rules: readonly Rule[];
  readonly version: number;
  readonly modifiedAtMs: number;
}

/** By name. `root` is not in it: it has no text. */
export const POLICIES = tableName<Policy>("store/policies");
