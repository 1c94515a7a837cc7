import { VerdictGlyph, type Shown } from "../workbench/VerdictGlyph.tsx";
import type { LabState } from "./standing.ts";

const SHOWN: Readonly<Record<Exclude<LabState, "to-come" | "covered">, Shown>> = {
  new: "not-yet",
  begun: "checking",
  passed: "pass",
};

/** One shape per state of a lab, so that it survives greyscale; the word stands beside it. */
export function StateGlyph({ state }: { readonly state: LabState }) {
  if (state !== "to-come" && state !== "covered") return <VerdictGlyph shown={SHOWN[state]} />;
  return (
    <svg class="glyph" data-shown={state} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.2" />
      <path d={state === "covered" ? "M4.8 8.2l2.2 2.3 4.2-4.8" : "M3.7 12.3l8.6-8.6"} />
    </svg>
  );
}
