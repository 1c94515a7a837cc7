/** Who does something on the forge, and from where: what its audit log asks. */
import type { Identity } from "../identity.ts";

export interface By {
  readonly identity: Identity;
  readonly address: string;
  readonly requestId: string;
}
