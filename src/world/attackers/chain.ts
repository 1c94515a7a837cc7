/**
 * The chain of use: validate, enumerate, read, stay, sell. Whoever holds a credential tries it with a harmless call, and
 * goes on only with one that works at that moment. Each step goes through the handlers that everybody uses.
 */
import { personOf } from "../person.ts";
import type { Credential, Issuer } from "../credential.ts";
import type { Scheduled } from "../queue.ts";
import { wouldConnect } from "../services/database/database.ts";
import { grantsOf, passwordsOf } from "../services/database/model.ts";
import { secondHandOf } from "./addresses.ts";
import { heldOne, hold, remember, type Found, type Held } from "./harvest.ts";
import type { AttackerPorts } from "./ports.ts";
import { STEPS, type Step, type Use } from "./use.ts";
import { useDatabase } from "./useDatabase.ts";
import { useDeploy } from "./useDeploy.ts";
import { useForge } from "./useForge.ts";
import { useRegistry } from "./useRegistry.ts";
import { habitPayload, readHabit, STEP, type Habit } from "./visit.ts";

/** Most worlds have neither a cloud nor a store: theirs are loaded when they are first needed. */
const USES: Readonly<Record<Issuer, () => Promise<Use | null>>> = {
  forge: async () => useForge,
  registry: async () => useRegistry,
  database: async () => useDatabase,
  deploy: async () => useDeploy,
  cloud: async () => (await import("./useCloud.ts")).useCloud,
  store: async () => (await import("./useStore.ts")).useStore,
  none: async () => null,
};

/** Tries a credential that was found; the steps that follow are scheduled where it works. */
export async function begin(ports: AttackerPorts, habit: Habit, found: Found): Promise<void> {
  const { credential, where } = found;
  const { who } = habit;
  hold(ports, who, found, false);
  tell(ports, habit, "attacker.found", `${who} found ${credential.id} in ${where}`, credential, { where });
  await takeStep(ports, habit, "validate", credential.id);
  if (heldOne(ports, who, credential.id)?.worked) scheduleSteps(ports, habit, credential.id);
}

function scheduleSteps(ports: AttackerPorts, habit: Habit, credential: string): void {
  for (const step of STEPS) {
    const delay = step === "validate" ? undefined : habit.chain[step];
    if (delay === undefined) continue;
    const atMs = ports.now() + Math.round(delay * habit.factor);
    ports.schedule(atMs, STEP, { ...habitPayload(habit), does: step, credential });
  }
}

/** What was scheduled is due. */
export async function stepHappens(ports: AttackerPorts, { payload }: Scheduled): Promise<void> {
  const step = STEPS.find((name) => name === payload["does"]);
  if (step) await takeStep(ports, readHabit({ payload }), step, String(payload["credential"]));
}

export async function takeStep(ports: AttackerPorts, habit: Habit, step: Step, id: string): Promise<void> {
  const { who } = habit;
  const held = heldOne(ports, who, id);
  const credential = ports.credentials.get(id);
  const use = credential ? await USES[credential.issuer]() : null;
  if (!held || !credential || !use) return;
  // Trying one is how somebody learns that it is dead; everything else needs one that is alive.
  if (step !== "validate" && !worksNow(ports, credential)) return skip(ports, habit, held, step, credential);
  const address = addressOf(habit, step);
  const before = new Set(ports.credentials.all().map((it) => it.id));
  const gain = await use[step === "second-hand" ? "validate" : step]({ ports, credential, address });
  if (step === "validate") remember(ports, held, { worked: gain !== null });
  const now = heldOne(ports, who, id) ?? held;
  remember(ports, now, { steps: [...now.steps, { step, atMs: ports.now() }] });
  const what = gain ?? (step === "validate" ? "it is dead" : "nothing to gain");
  tell(ports, habit, `attacker.${step}`, `${who}, ${step} with ${id} from ${address}: ${what}`, credential, {
    address,
    gained: gain !== null,
  });
  if (step === "persist") keep(ports, habit, before);
}

/** What somebody made in order to stay is theirs: it is sold too, and works until somebody finds it. */
function keep(ports: AttackerPorts, habit: Habit, before: ReadonlySet<string>): void {
  const { persist, "second-hand": sold } = habit.chain;
  for (const made of ports.credentials.all().filter(({ id }) => !before.has(id))) {
    hold(ports, habit.who, { credential: made, where: "what it made itself" }, true);
    if (sold === undefined || persist === undefined) continue;
    const atMs = ports.now() + Math.round(Math.max(0, sold - persist) * habit.factor);
    ports.schedule(atMs, STEP, { ...habitPayload(habit), does: "second-hand", credential: made.id });
  }
}

function addressOf({ who, from }: Habit, step: Step): string {
  const own = from ?? personOf(who)?.address ?? "";
  return step === "second-hand" ? secondHandOf(own) : own;
}

function skip(ports: AttackerPorts, habit: Habit, held: Held, step: Step, credential: Credential): void {
  remember(ports, held, { worked: false });
  const what = `${habit.who}, ${step} with ${credential.id}: it no longer works`;
  tell(ports, habit, "attacker.skipped", what, credential, { step });
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
  { who }: Habit,
  kind: string,
  what: string,
  credential: Credential,
  data: { readonly [key: string]: string | boolean },
): void {
  ports.event({ who: "attacker", kind, what, data: { actor: who, credential: credential.id, ...data } });
}
