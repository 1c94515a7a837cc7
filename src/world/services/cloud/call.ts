/**
 * One request to a service of the cloud, and what a service makes of it. A service is a function `Serve`; it reads the
 * parameters in its own protocol, asks `call.allow(…)`, and answers. The dispatcher knows who signed, and records the use
 * of the credential, the entry of the audit log and the request id.
 */
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import type { AuthenticationFailure } from "./authenticate.ts";
import type { CloudError } from "./error.ts";
import type { CloudHost } from "./host.ts";
import type { CloudEvent, Principal } from "./model.ts";

export interface CloudCall {
  readonly ports: ServicePorts;
  readonly host: CloudHost;
  readonly account: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly from: Origin;
  /** Like a UUID; S3 shows the first part of it. */
  readonly requestId: string;
  /** Who signed; a failure where a signature is wrong. `{kind: "anonymous"}` where there is none. */
  readonly caller: Principal | AuthenticationFailure;
}

export interface CloudAnswer {
  readonly response: Response;
  readonly event: CloudEvent;
  /** Where it was refused or failed. */
  readonly error?: CloudError;
  /** Who it turned out to be, where the signature does not tell: a web identity. For the audit log. */
  readonly actor?: { readonly name: string; readonly type: string; readonly arn?: string };
}

export type ServeCloud = (call: CloudCall) => Promise<CloudAnswer>;
