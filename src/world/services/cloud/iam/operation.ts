/** Operations of IAM: what each asks for, on what it has to be allowed, and what it does. */
import type { Json } from "../../../../base/json.ts";
import type { ServicePorts } from "../../../service.ts";
import { cloudError, type CloudError } from "../error.ts";
import type { CloudEvent, Principal } from "../model.ts";
import type { QueryParameters } from "../queryProtocol.ts";
import type { Xml } from "../xml.ts";

export type Known = Exclude<Principal, { kind: "anonymous" }>;

export interface IamCall {
  readonly ports: ServicePorts;
  readonly account: string;
  readonly parameters: QueryParameters;
  readonly caller: Known;
}

export interface IamResult {
  /** Null: nothing but the request id is answered. */
  readonly xml: Xml | null;
  /** What CloudTrail shows of the answer. */
  readonly response?: { readonly [key: string]: Json | undefined };
  readonly resources?: CloudEvent["resources"];
}

export interface IamOperation {
  readonly name: string;
  readonly readOnly: boolean;
  /** Parameters without which it is not understood. */
  readonly needs?: readonly string[];
  /** ARN of what it is done to. */
  resource(call: IamCall): string;
  /** Further condition keys of the request. */
  context?(call: IamCall): Readonly<Record<string, string>>;
  run(call: IamCall): IamResult | CloudError;
}

export const DONE: IamResult = { xml: null };

export function noSuchEntity(message: string): CloudError {
  return cloudError("NoSuchEntity", message, 404);
}

export function alreadyExists(message: string): CloudError {
  return cloudError("EntityAlreadyExists", message, 409);
}

export function deleteConflict(message: string): CloudError {
  return cloudError("DeleteConflict", message, 409);
}

export function limitExceeded(message: string): CloudError {
  return cloudError("LimitExceeded", message, 409);
}

export function malformedPolicy(message: string): CloudError {
  return cloudError("MalformedPolicyDocument", message);
}

export function validationError(message: string): CloudError {
  return cloudError("ValidationError", message);
}

/** "2026-03-03T09:00:00Z". */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Documents travel percent-encoded. https://www.rfc-editor.org/rfc/rfc3986 */
export function encodedDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
