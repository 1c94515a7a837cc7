/** Where one is in the account of the cloud: signals, so that evidence and links can lead there. */
import { signal, type Signal } from "@preact/signals";

export const CLOUD_SECTIONS = ["users", "policies", "roles", "trail", "buckets", "services"] as const;
export type CloudSection = (typeof CLOUD_SECTIONS)[number];

/** What the trail shows: all that has every one of these. Empty texts ask for nothing. */
export interface TrailFilter {
  readonly key: string;
  readonly user: string;
  readonly event: string;
}

export const NO_FILTER: TrailFilter = { key: "", user: "", event: "" };

export interface CloudPlace {
  readonly section: Signal<CloudSection>;
  readonly filter: Signal<TrailFilter>;
  /** The row that is open: ends of a key id, id of an event, name of a user, role or bucket. */
  readonly open: Signal<string | null>;
}

export function createCloudPlace(): CloudPlace {
  return {
    section: signal<CloudSection>("users"),
    filter: signal(NO_FILTER),
    open: signal<string | null>(null),
  };
}

/** What a piece of evidence speaks of. */
export interface CloudMention {
  readonly section: CloudSection;
  readonly filter: TrailFilter;
  readonly open: string | null;
}

const KEY = /\bA[KS]IA••••[A-Z0-9]{4}\b/;
const ROLE = /^role ([\w+=,.@-]+)/;
const USE = /^(\S+), ([\d.]+): [a-z0-9-]+:(\w+)/;

/** "AKIA••••7Q2M, svc-backup", "role x", "ci-sandbox, 198.51.100.7: iam:ListRoles, T+2:25". */
export function cloudMention(at: string): CloudMention {
  const key = KEY.exec(at)?.[0];
  if (key !== undefined) return { section: "users", filter: NO_FILTER, open: key };
  const role = ROLE.exec(at)?.[1];
  if (role !== undefined) return { section: "roles", filter: NO_FILTER, open: role };
  const [, user = "", , event = ""] = USE.exec(at) ?? [];
  if (event !== "")
    return {
      section: "trail",
      filter: { ...NO_FILTER, user: user.split("/").at(-1) ?? "", event },
      open: null,
    };
  return { section: "users", filter: NO_FILTER, open: null };
}

/** An access key id is a name, and half of a credential: enough of it to tell keys apart. */
export function maskedKey(id: string): string {
  return `${id.slice(0, 4)}••••${id.slice(-4)}`;
}

/** The same for every key id in a text. */
export function withKeysMasked(text: string): string {
  return text.replace(/\bA[KS]IA[A-Z0-9]{16}\b/g, maskedKey);
}

/** JSON as people read it; what is none stays as it is. */
export function readableJson(text: string): string {
  try {
    return withKeysMasked(JSON.stringify(JSON.parse(text), null, 2));
  } catch {
    return withKeysMasked(text);
  }
}
