/** What differs from seed to seed, by shell variable: facts, and the values of what is planted. */
import { Stream } from "../base/stream.ts";
import { mint } from "../engine/kinds.ts";
import type { LabBundle } from "../lab/bundle.ts";
import { durationMs } from "../lab/duration.ts";
import { START_MS } from "../world/clock.ts";
import type { Credential } from "../world/credential.ts";
import type { World } from "../world/world.ts";

/** The facts of this seed. */
export function varied({ manifest }: LabBundle, seed: number): Record<string, string> {
  const entries = Object.entries(manifest.vary).map(
    ([name, values]) => [name, new Stream(seed, `vary/${name}`).pick(values)] as const,
  );
  return Object.fromEntries(entries);
}

/** What scripts of the lab find in their environment: facts, and planted values as they are now. */
export function labVariables(bundle: LabBundle, world: World): Record<string, string> {
  const secrets = bundle.manifest.credentials.flatMap(({ id, variable }) =>
    variable === undefined ? [] : [[variable, world.credentials.get(id)?.value ?? ""] as const],
  );
  return { ...varied(bundle, world.seed), ...Object.fromEntries(secrets) };
}

/** Replaces {{NAME}}. */
export function fill(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{([A-Z][A-Z0-9_]*)\}\}/g, (whole, name: string) => facts[name] ?? whole);
}

export function credentialsOf({ manifest }: LabBundle, seed: number, createdAtMs: number): Credential[] {
  return manifest.credentials.map(({ id, kind, owner, scope, issuer, grants, expires }) => {
    const { value, needles } = mint(kind, new Stream(seed, `credential/${id}`));
    return {
      id,
      kind,
      issuer,
      value,
      parts: needles,
      owner,
      scope,
      grants,
      planted: true,
      status: "active",
      createdAtMs,
      expiresAtMs: expires === undefined ? null : START_MS + durationMs(expires),
      uses: [],
    };
  });
}
