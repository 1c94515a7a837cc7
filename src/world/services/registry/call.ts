/** One request to the registry, and who sends it. */
import type { Json } from "../../../base/json.ts";
import type { Credential } from "../../credential.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import type { RegistryGrants } from "./model.ts";

export interface RegistryCall {
  readonly ports: ServicePorts;
  readonly method: string;
  /** Decoded, with a leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The body, whatever JSON it is. */
  readonly value: Json;
  /** The body, where it is an object. */
  readonly body: Readonly<Record<string, Json | undefined>>;
  /** Who asks; null for nobody. */
  readonly grants: RegistryGrants | null;
  readonly credential: Credential | null;
  readonly from: Origin;
}
