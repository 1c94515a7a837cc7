/** Day or night, and how much contrast: kept in the browser, written on the root element, followed by all panels. */
import { computed, signal } from "@preact/signals";

export type Theme = "system" | "day" | "night";
export type Contrast = "system" | "more";

export const THEMES = [
  ["system", "As the system"],
  ["day", "Day"],
  ["night", "Night"],
] as const;

export const CONTRASTS = [
  ["system", "As the system"],
  ["more", "High"],
] as const;

export const theme = signal<Theme>("system");
export const contrast = signal<Contrast>("system");
const systemNight = signal(false);

/** What is on screen now. */
export const shownTheme = computed(() =>
  theme.value === "system" ? (systemNight.value ? "night" : "day") : theme.value,
);

function write(): void {
  const root = document.documentElement;
  root.dataset["theme"] = shownTheme.value;
  if (contrast.value === "more" || window.matchMedia("(prefers-contrast: more)").matches)
    root.dataset["contrast"] = "more";
  else delete root.dataset["contrast"];
  try {
    localStorage.setItem("leaklab/theme", theme.value);
    localStorage.setItem("leaklab/contrast", contrast.value);
  } catch {
    // The choice lasts as long as the page.
  }
}

export function setTheme(value: Theme): void {
  theme.value = value;
  write();
}

export function setContrast(value: Contrast): void {
  contrast.value = value;
  write();
}

/** Reads what the first script of the page wrote, and follows the system. */
export function startTheme(): void {
  const night = window.matchMedia("(prefers-color-scheme: dark)");
  systemNight.value = night.matches;
  night.addEventListener("change", () => {
    systemNight.value = night.matches;
    if (theme.value === "system") write();
  });
  try {
    const kept = localStorage.getItem("leaklab/theme");
    if (kept === "day" || kept === "night") theme.value = kept;
    if (localStorage.getItem("leaklab/contrast") === "more") contrast.value = "more";
  } catch {
    // No storage: as the system.
  }
}
