/** Refs that move without git: merges, the contents API, git data. The same rules hold and the same is heard of it. */
import { createServer } from "just-git/server";
import { exposePush } from "../exposures.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { judge, type Verdict } from "../rules/evaluate.ts";
import type { Merging, RefMove } from "../rules/move.ts";
import type { By } from "./by.ts";
import { objectsOf } from "./objects.ts";
import { raiseMoves } from "./pushEvent.ts";
import {
  blockedSecrets,
  placeholderFor,
  pushedSecrets,
  recordSecrets,
  type PushedSecret,
} from "./push-protection.ts";
import { REF_LISTENERS } from "./refListeners.ts";
import { diskStorage } from "./storage.ts";
import { workflowRefusal } from "./workflowFiles.ts";

/** Why a ref did not move. */
export type Refusal =
  | { readonly kind: "rules"; readonly verdict: Verdict }
  | { readonly kind: "workflow"; readonly message: string }
  | { readonly kind: "secrets"; readonly secrets: readonly BlockedSecret[] };

export interface BlockedSecret {
  readonly placeholder: string;
  /** Name of the rule: `token_type` of the API. */
  readonly kind: string;
  readonly locations: PushedSecret["locations"];
}

/** Moves a ref if rules, permissions for workflows and push protection let it; null where it moved. */
export async function updateRef(
  forge: Forge,
  by: By,
  repository: Repository,
  move: RefMove,
  merging: Merging | null = null,
): Promise<Refusal | null> {
  const verdict = judge(forge, by.identity, repository, move, merging);
  if (verdict.violations.length > 0) return { kind: "rules", verdict };
  const objects = objectsOf(forge, repository);
  const known = objects.refs().flatMap(({ id }) => objects.peel(id) ?? []);
  const message =
    merging === null ? workflowRefusal(forge, by.identity, repository, objects, move, known) : null;
  if (message !== null) return { kind: "workflow", message };
  const secrets = await secretsOf(forge, repository, move);
  const blocked = merging === null ? blockedOf(forge, by, repository, secrets) : [];
  if (blocked.length > 0) return { kind: "secrets", secrets: blocked };
  objects.setRef(move.ref, move.after);
  if (verdict.bypassed.length > 0) recordBypass(forge, by, repository, move, verdict);
  await refsMoved(forge, by, repository, [move], secrets);
  return null;
}

async function secretsOf(forge: Forge, repository: Repository, { after }: RefMove): Promise<PushedSecret[]> {
  if (after === null) return [];
  const repo = await createServer({ storage: diskStorage(forge.disk) }).requireRepo(repositoryId(repository));
  const existing = objectsOf(forge, repository).refs();
  return pushedSecrets(
    forge.ports,
    repo,
    [after],
    existing.map(({ id }) => id),
  );
}

function blockedOf(
  forge: Forge,
  { identity }: By,
  repository: Repository,
  secrets: readonly PushedSecret[],
): BlockedSecret[] {
  if (!repository.pushProtection || repository.beingMade) return [];
  return blockedSecrets(forge.ports, repository, secrets).map((secret) => ({
    placeholder: placeholderFor(forge.ports, repository, identity.login, secret).id,
    kind: secret.rule,
    locations: secret.locations,
  }));
}

/** After refs moved, however: alerts, the audit log, and everybody who has to hear of it. */
export async function refsMoved(
  forge: Forge,
  by: By,
  repository: Repository,
  moves: readonly RefMove[],
  secrets: readonly PushedSecret[],
): Promise<void> {
  const now = forge.changeRepository(repositoryId(repository), { pushedAtMs: forge.now() });
  if (!now.beingMade) {
    recordSecrets(forge.ports, now, secrets);
    audit(forge, by, now, "git.push", { refs: moves.map(({ ref }) => ref) });
  }
  raiseMoves(forge, by.identity, now, moves);
  for (const listener of REF_LISTENERS) await listener(forge, by, now, moves);
  exposePush(forge, now, by.identity.login, moves);
}

/** Somebody passed a rule that they may pass. */
export function recordBypass(
  forge: Forge,
  by: By,
  repository: Repository,
  { ref }: RefMove,
  { bypassed }: Verdict,
): void {
  const rules = [...new Set(bypassed.map(({ type }) => type))];
  audit(forge, by, repository, "protected_branch.policy_override", { ref, rules });
  forge.ports.event({
    who: "forge",
    kind: "rules.bypassed",
    what: `${by.identity.login} passed rules of ${ref} (${repositoryId(repository)})`,
    data: { repository: repositoryId(repository), actor: by.identity.login, ref, rules },
  });
}

function audit(
  forge: Forge,
  { identity, address, requestId }: By,
  repository: Repository,
  action: string,
  data: { readonly [key: string]: string | string[] },
): void {
  forge.log({
    actor: identity.login,
    identityType: identity.type,
    credentialId: identity.credentialId,
    action,
    target: repositoryId(repository),
    result: "allowed",
    address,
    requestId,
    data,
  });
}
