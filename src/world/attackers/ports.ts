/** What an attacker has of the world: the public network from any address, and a memory of their own in tables. */
import type { Network } from "../network.ts";
import type { ServicePorts } from "../service.ts";
import type { Forge } from "../services/forge/forge.ts";

export interface AttackerPorts extends ServicePorts {
  /** Only what everybody can see of it is looked at. */
  readonly forge: Forge;
  readonly network: Network;
}
