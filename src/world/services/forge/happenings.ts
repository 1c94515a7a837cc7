/** What the forge scheduled for later: `forge/<name>`. A new one is a function here or in its own file, and a line. */
import { invariant } from "../../../base/invariant.ts";
import type { Scheduled } from "../../queue.ts";
import { expireArtifact } from "./actions/artifacts.ts";
import { deliver } from "./deliveries.ts";
import type { Forge } from "./forge.ts";
import { purge } from "./support.ts";

type Happening = (forge: Forge, payload: Scheduled["payload"]) => void | Promise<void>;

const HAPPENINGS: Readonly<Record<string, Happening>> = {
  purge,
  "artifact-expired": expireArtifact,
  deliver,
};

export async function happen(forge: Forge, { kind, payload }: Scheduled): Promise<void> {
  const happening = HAPPENINGS[kind.slice("forge/".length)];
  invariant(happening, `the forge does not know ${kind}`);
  await happening(forge, payload);
}
