/** One request to the store, and what serves it. */
import type { Credential } from "../../credential.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import type { Reply } from "./answer.ts";
import type { Fields, Token } from "./model.ts";

export const OPERATIONS = ["create", "read", "update", "delete", "list", "patch"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Who asks, known by a token that works. */
export interface Holder {
  readonly token: Token;
  readonly credential: Credential;
}

export interface StoreCall {
  readonly ports: ServicePorts;
  readonly from: Origin;
  readonly operation: Operation;
  /** Behind /v1/. */
  readonly path: string;
  /** The part of the path behind the mount's. */
  readonly rest: string;
  /** The mount that serves it: "secret/", "token/" of auth, "" of sys. */
  readonly mount: string;
  /** The body, and of a reading request its query. */
  readonly fields: Fields;
  readonly requestId: string;
  /** Null where nobody needs to be known. */
  readonly holder: Holder | null;
}

export type Serve = (call: StoreCall, match: RegExpExecArray) => Reply | Promise<Reply>;

export interface Route {
  /** Over the part behind the mount. */
  readonly pattern: RegExp;
  readonly serve: Partial<Readonly<Record<Operation, Serve>>>;
  /** Answers without a token: logins, health. */
  readonly open?: boolean;
  /** Tells `create` from `update`; without it every write is an update. */
  readonly exists?: (call: StoreCall, match: RegExpExecArray) => boolean;
}

/** A write, whether it makes something or changes it. */
export function writes(serve: Serve): Partial<Record<Operation, Serve>> {
  return { create: serve, update: serve };
}
