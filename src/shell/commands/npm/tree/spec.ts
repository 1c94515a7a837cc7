/** What a dependency asks for. https://docs.npmjs.com/cli/using-npm/package-spec */
import { parseRange, parseVersion, satisfies } from "../../../../base/semver.ts";

export interface Spec {
  readonly kind: "version" | "range" | "tag" | "elsewhere";
  /** The package that is fetched: another one than the folder's name where an alias says so. */
  readonly name: string;
  /** Version, range or tag; an address where it comes from elsewhere. */
  readonly wanted: string;
}

export function parseSpec(name: string, text: string): Spec {
  const trimmed = text.trim();
  const alias = /^npm:(@?[^@]+)(?:@(.*))?$/s.exec(trimmed);
  if (alias) return { ...parseSpec(alias[1] as string, alias[2] ?? ""), name: alias[1] as string };
  if (parseVersion(trimmed)) return { kind: "version", name, wanted: trimmed.replace(/^[v=\s]+/, "") };
  if (parseRange(trimmed)) return { kind: "range", name, wanted: trimmed === "" ? "*" : trimmed };
  if (/^[\w.-]+$/.test(trimmed)) return { kind: "tag", name, wanted: trimmed };
  return { kind: "elsewhere", name, wanted: trimmed };
}

/** `@scope/name@range`, as typed; `name@npm:…` is an alias. */
export function splitSpec(text: string): readonly [name: string, spec: string] {
  const at = text.indexOf("@", 1);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** Whether what is there is what is asked for. A tag cannot be checked without asking. */
export function fits(
  { name, version }: { readonly name: string; readonly version: string },
  spec: Spec,
): boolean {
  if (spec.kind === "tag") return true;
  if (name !== spec.name || spec.kind === "elsewhere") return false;
  return spec.wanted === "*" || satisfies(version, spec.wanted);
}
