/** A kind of check: its options, and how it judges a scene. */
import type * as z from "zod/mini";
import type { Evidence, Verdict } from "./grade.ts";
import type { Scene } from "./scene.ts";

export interface Judgement {
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
}

export interface CheckKind<Options = unknown> {
  readonly kind: string;
  /** One paragraph for authors. */
  readonly about: string;
  readonly options: z.ZodMiniType<Options>;
  judge(scene: Scene, options: Options): Promise<Judgement>;
}

/** A kind of diagnosis: recognises one way of going wrong from state, and names the places. */
export interface DiagnosisKind<Options = unknown> {
  readonly kind: string;
  readonly about: string;
  readonly options: z.ZodMiniType<Options>;
  /** Names that the message may use in braces. */
  readonly placeholders: readonly string[];
  /** `check`: options of the check that it belongs to. */
  recognise(scene: Scene, options: Options, check?: unknown): Promise<Recognised | null>;
}

export interface Recognised {
  readonly values: Readonly<Record<string, string>>;
  readonly evidence: readonly Evidence[];
  /** Of the input that a mistake cannot be mended after, only undone. */
  readonly undoTo?: number;
}

export function pass(): Judgement {
  return { verdict: "pass", evidence: [] };
}

export function fail(evidence: readonly Evidence[]): Judgement {
  return { verdict: "fail", evidence };
}

/** Neither can be shown: something stands in the way of looking. */
export function unconfirmed(evidence: readonly Evidence[]): Judgement {
  return { verdict: "unconfirmed", evidence };
}
