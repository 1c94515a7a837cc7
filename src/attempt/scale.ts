/** How fast others act: exposure to first use takes 20 minutes in the gentle setting, 5 in the normal one, 1.5 in the fast one. */
import { durationMs } from "../lab/duration.ts";
import type { Setting } from "./input.ts";

/** How much longer everything takes. */
const SCALE: Readonly<Record<Setting, number>> = { gentle: 4, normal: 1, fast: 0.3 };

export function factorOf(setting: Setting): number {
  return SCALE[setting];
}

export function scaledMs(duration: string, setting: Setting): number {
  return Math.round(durationMs(duration) * SCALE[setting]);
}
