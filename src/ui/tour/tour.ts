/** Where the tour is: off, offered, or at a step. Whoever left or finished it is not offered it again. */
import { signal, type Signal } from "@preact/signals";
import { STEPS } from "./steps.ts";

const KEY = "leaklab/tour";

export type TourState =
  { readonly at: "off" } | { readonly at: "offer" } | { readonly at: "step"; readonly step: number };

export interface Tour {
  readonly state: Signal<TourState>;
  /** Offers the tour to whoever has never seen it; starts it where the address asks for it. */
  greet(asked: boolean): void;
  start(): void;
  go(step: number): void;
  leave(): void;
}

/** Asking for the storage itself may throw. */
type Kept = () => Pick<Storage, "getItem" | "setItem">;

export function createTour(kept: Kept): Tour {
  const state = signal<TourState>({ at: "off" });
  const seen = () => {
    try {
      return kept().getItem(KEY) === "seen";
    } catch {
      return false;
    }
  };
  const remember = () => {
    try {
      kept().setItem(KEY, "seen");
    } catch {
      // It will be offered again.
    }
  };
  const go = (step: number) => {
    remember();
    state.value = step < 0 || step >= STEPS.length ? { at: "off" } : { at: "step", step };
  };
  return {
    state,
    greet: (asked) => {
      if (asked) go(0);
      else if (!seen()) state.value = { at: "offer" };
    },
    start: () => go(0),
    go,
    leave: () => go(STEPS.length),
  };
}
