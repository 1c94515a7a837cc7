/** When credentials worked, as bands of time: those that the learner knows of, and after passing all of them. */
import type { Manifest } from "../lab/manifest.ts";
import type { AuditEntry } from "../world/audit.ts";
import type { Credential } from "../world/credential.ts";
import { LEARNER } from "../world/person.ts";
import type { World } from "../world/world.ts";

export interface KeyView {
  readonly id: string;
  /** Of a planted one the name that the lab gives it, of others whose it is. Never a value. */
  readonly name: string;
  /** Made after the lab began. */
  readonly made: boolean;
  /** The learner knows of it: the lab asks about it openly, or they made it. Others are for the leak map only. */
  readonly known: boolean;
  /** Oldest first; the last one has no end while it works. */
  readonly worked: readonly { readonly fromMs: number; readonly toMs: number | null }[];
}

interface Looked {
  readonly world: World;
  readonly startMs: number;
}

/** Planted credentials, and access keys that the learner made. */
export function keyViews(looked: Looked, asked: ReadonlySet<string>): KeyView[] {
  const { world } = looked;
  const own = new Set(makings(world).flatMap((entry) => (isLearner(entry) ? [madeBy(entry)] : [])));
  return world.credentials
    .all()
    .filter(({ id, planted }) => planted || own.has(id))
    .map((it) => keyView(looked, it, own.has(it.id) || asked.has(it.id)));
}

/** The same with those that others made. For after passing. */
export function allKeyViews(looked: Looked): KeyView[] {
  const { world } = looked;
  const since = makings(world).filter(({ atMs }) => atMs >= looked.startMs);
  const made = new Set(since.map(madeBy));
  return world.credentials
    .all()
    .filter(({ id, planted }) => planted || made.has(id))
    .map((it) => keyView(looked, it, true));
}

/** Credentials that checks with open evidence ask about: their titles speak of them already. */
export function askedAbout({ checks }: Pick<Manifest, "checks">): ReadonlySet<string> {
  return new Set(
    checks.flatMap(({ evidence, with: options }) =>
      evidence === "open" && typeof options["credential"] === "string" ? [options["credential"]] : [],
    ),
  );
}

function keyView({ world, startMs }: Looked, credential: Credential, known: boolean): KeyView {
  const { id, owner, planted, createdAtMs } = credential;
  const made = createdAtMs >= startMs;
  return {
    id,
    name: planted ? id : owner,
    made,
    known,
    worked: spansOf(world, credential, Math.max(startMs, createdAtMs)),
  };
}

function spansOf(world: World, { id }: Credential, fromMs: number): KeyView["worked"] {
  const spans: { fromMs: number; toMs: number | null }[] = [{ fromMs, toMs: null }];
  for (const { status, atMs } of world.credentials.history(id)) {
    const last = spans.at(-1);
    const open = last?.toMs === null;
    if (status === "active" && !open) spans.push({ fromMs: Math.max(fromMs, atMs), toMs: null });
    if (status !== "active" && last && open) last.toMs = Math.max(fromMs, atMs);
  }
  return spans;
}

/** Calls that made an access key. */
function makings(world: World): AuditEntry[] {
  return world.audit
    .all()
    .filter(({ action, result }) => action === "iam:CreateAccessKey" && result === "allowed");
}

function isLearner({ address }: AuditEntry): boolean {
  return address === LEARNER.address;
}

function madeBy({ data }: AuditEntry): string {
  const response = data["response"] as { readonly accessKey?: { readonly accessKeyId?: string } } | null;
  return response?.accessKey?.accessKeyId ?? "";
}
