/** What the cloud scheduled for itself, by kind: `cloud/…`. */
import type { Scheduled } from "../../queue.ts";
import type { ServicePorts } from "../../service.ts";
import { objectsOf } from "../forge/git/objects.ts";
import type { Forge } from "../forge/forge.ts";
import { exposedKeys } from "./exposure.ts";
import { EXPOSED } from "./exposed.ts";
import { KEY_STATUS, keyStatusArrives } from "./keys.ts";
import { keyFound, quarantine, QUARANTINE_DUE, warn, WARNING_DUE } from "./quarantine.ts";

/** As ecs/rollout.ts names it, which is loaded only where something is deployed. */
const ECS_STEP = "cloud/ecs-step";

export async function cloudHappens(
  ports: ServicePorts,
  forge: Forge,
  { atMs, kind, payload }: Scheduled,
): Promise<void> {
  const accessKeyId = String(payload["accessKeyId"]);
  if (kind === ECS_STEP) return (await import("./ecs/rollout.ts")).ecsStep(ports, payload);
  if (kind === KEY_STATUS) keyStatusArrives(ports, accessKeyId);
  if (kind === QUARANTINE_DUE) quarantine(ports, accessKeyId);
  if (kind === WARNING_DUE) warn(ports, accessKeyId);
  if (kind === EXPOSED) exposed(ports, forge, payload, atMs);
}

/** Something became public: one commit with its history, or a whole repository. */
function exposed(ports: ServicePorts, forge: Forge, payload: Scheduled["payload"], atMs: number): void {
  const name = String(payload["repository"]);
  const commit = String(payload["commit"] ?? "");
  const commits = commit === "" ? tipsOf(forge, name) : [commit];
  for (const found of exposedKeys(ports, forge, name, commits))
    keyFound(ports, found, atMs, Number(payload["factor"] ?? 1));
}

function tipsOf(forge: Forge, name: string): string[] {
  const repository = forge.find(name);
  if (!repository) return [];
  const objects = objectsOf(forge, repository);
  return objects.refs().flatMap(({ id }) => objects.peel(id) ?? []);
}
