/**
 * magpie, a harvesting bot: it reads what everybody can read, extracts credentials, tries each with a harmless call, and
 * goes on only with one that works at that moment: list, read, stay, sell.
 */
import { personOf } from "../person.ts";
import type { Scheduled } from "../queue.ts";
import type { ServicePorts } from "../service.ts";
import type { Credential, Issuer } from "../credential.ts";
import { wouldConnect } from "../services/database/database.ts";
import { grantsOf, passwordsOf } from "../services/database/model.ts";
import { harvest, heldBy, heldOne, hold, remember, type Found, type Held } from "./harvest.ts";
import type { AttackerPorts } from "./ports.ts";
import { lootItems, publicItems } from "./surfaces.ts";
import type { Step, Use } from "./use.ts";
import { useDatabase } from "./useDatabase.ts";
import { useDeploy } from "./useDeploy.ts";
import { useForge } from "./useForge.ts";
import { useRegistry } from "./useRegistry.ts";

export const MAGPIE = "magpie";
/** From where somebody else tries what magpie sold. */
export const SECOND_HAND_ADDRESS = "203.0.113.66";

const KIND = "attacker/magpie";
const SECOND_MS = 1000;

/** After the first use, in the normal setting. */
const DELAYS_MS: Readonly<Record<Exclude<Step, "validate">, number>> = {
  enumerate: 30 * SECOND_MS,
  read: 120 * SECOND_MS,
  persist: 180 * SECOND_MS,
  "second-hand": 600 * SECOND_MS,
};

const USES: Readonly<Record<Issuer, Use | null>> = {
  forge: useForge,
  registry: useRegistry,
  database: useDatabase,
  deploy: useDeploy,
  none: null,
};

export interface Visit {
  readonly atMs: number;
  /** How much longer the steps take: gentle 4, normal 1, fast 0.3. */
  readonly factor?: number;
  /** Again after each such span, which is not scaled here. */
  readonly everyMs?: number;
}

/** magpie will read the public surfaces. */
export function scheduleMagpie(
  { schedule }: Pick<ServicePorts, "schedule">,
  { atMs, factor = 1, everyMs }: Visit,
): void {
  schedule(atMs, KIND, { does: "read-public", factor, ...(everyMs ? { everyMs } : {}) });
}

export async function magpieHappens(ports: AttackerPorts, { atMs, payload }: Scheduled): Promise<void> {
  const factor = Number(payload["factor"] ?? 1);
  if (payload["does"] !== "read-public")
    return takeStep(ports, String(payload["does"]) as Step, String(payload["credential"]));
  const everyMs = Number(payload["everyMs"] ?? 0);
  if (everyMs > 0) scheduleMagpie(ports, { atMs: atMs + everyMs, factor, everyMs });
  await readPublic(ports, factor);
}

/** One visit: reads what is new, tries what it found, and tries again what worked last time. */
export async function readPublic(ports: AttackerPorts, factor = 1): Promise<void> {
  const known = heldBy(ports, MAGPIE);
  const items = [...publicItems(ports), ...lootItems(ports, MAGPIE)];
  for (const found of harvest(ports, MAGPIE, items)) await begin(ports, found, factor);
  for (const held of known) if (held.worked) await takeStep(ports, "validate", held.credential);
}

/** Tries a credential that was found; the steps that follow are scheduled where it works. */
export async function begin(ports: AttackerPorts, found: Found, factor: number): Promise<void> {
  const { credential, where } = found;
  hold(ports, MAGPIE, found, false);
  tell(ports, "attacker.found", `magpie found ${credential.id} in ${where}`, credential, { where });
  await takeStep(ports, "validate", credential.id);
  if (!heldOne(ports, MAGPIE, credential.id)?.worked) return;
  for (const [step, delay] of Object.entries(DELAYS_MS))
    ports.schedule(ports.now() + Math.round(delay * factor), KIND, {
      does: step,
      credential: credential.id,
      factor,
    });
}

async function takeStep(ports: AttackerPorts, step: Step, id: string): Promise<void> {
  const held = heldOne(ports, MAGPIE, id);
  const credential = ports.credentials.get(id);
  const use = credential ? USES[credential.issuer] : null;
  if (!held || !credential || !use) return;
  // Trying one is how somebody learns that it is dead; everything else needs one that is alive.
  if (step !== "validate" && !worksNow(ports, credential)) return skip(ports, held, step, credential);
  const address = step === "second-hand" ? SECOND_HAND_ADDRESS : (personOf(MAGPIE)?.address ?? "");
  const gain = await use[step === "second-hand" ? "validate" : step]({ ports, credential, address });
  if (step === "validate") remember(ports, held, { worked: gain !== null });
  const now = heldOne(ports, MAGPIE, id) ?? held;
  remember(ports, now, { steps: [...now.steps, { step, atMs: ports.now() }] });
  const what = gain ?? (step === "validate" ? "it is dead" : "nothing to gain");
  tell(ports, `attacker.${step}`, `magpie, ${step} with ${id} from ${address}: ${what}`, credential, {
    address,
    gained: gain !== null,
  });
}

function skip(ports: AttackerPorts, held: Held, step: Step, credential: Credential): void {
  remember(ports, held, { worked: false });
  tell(ports, "attacker.skipped", `magpie, ${step} with ${credential.id}: it no longer works`, credential, {
    step,
  });
}

/** Whether a service would let it in at this moment. */
export function worksNow(ports: AttackerPorts, credential: Credential): boolean {
  if (!ports.credentials.works(credential)) return false;
  if (credential.issuer !== "database") return true;
  const grants = grantsOf(credential);
  const password = passwordsOf(credential).at(-1) ?? "";
  return grants !== null && wouldConnect(ports, { ...grants, password });
}

function tell(
  ports: AttackerPorts,
  kind: string,
  what: string,
  credential: Credential,
  data: { readonly [key: string]: string | boolean },
): void {
  ports.event({ who: "attacker", kind, what, data: { actor: MAGPIE, credential: credential.id, ...data } });
}
