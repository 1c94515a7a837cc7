/** A session in which statements run, and what they come to. */
import type { ServicePorts } from "../../../service.ts";
import type { Session, Value } from "../model.ts";

export interface Connection {
  readonly ports: ServicePorts;
  readonly session: Session;
}

export type Outcome =
  | {
      readonly kind: "rows";
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Value[])[];
    }
  /** "INSERT 0 1", "ALTER ROLE" */
  | { readonly kind: "command"; readonly tag: string }
  | {
      readonly kind: "error";
      readonly message: string;
      /** Offset in the query; null where it names no place. */
      readonly at: number | null;
      readonly detail: string | null;
    };
