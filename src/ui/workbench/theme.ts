/** Day or night, and how much contrast: kept in the browser, written on the root element, followed by all panels. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { said } from "../text/said.ts";

export type Theme = "system" | "day" | "night";
export type Contrast = "system" | "more" | "plain";

export const THEMES = [
  ["system", said("As the system")],
  ["day", said("Day")],
  ["night", said("Night")],
] as const;

export const CONTRASTS = [
  ["system", said("As the system")],
  ["more", said("High")],
  ["plain", said("Normal")],
] as const;

export interface Look {
  readonly theme: ReadonlySignal<Theme>;
  readonly contrast: ReadonlySignal<Contrast>;
  /** What is on screen now. */
  readonly shown: ReadonlySignal<"day" | "night">;
  setTheme(value: Theme): void;
  setContrast(value: Contrast): void;
  /** Reads what the first script of the page wrote, and follows the system. */
  follow(): void;
}

function write(shown: "day" | "night", theme: Theme, contrast: Contrast): void {
  const root = document.documentElement;
  root.dataset["theme"] = shown;
  const asked = contrast === "system" && window.matchMedia("(prefers-contrast: more)").matches;
  if (contrast === "more" || asked) root.dataset["contrast"] = "more";
  else delete root.dataset["contrast"];
  try {
    localStorage.setItem("leaklab/theme", theme);
    localStorage.setItem("leaklab/contrast", contrast);
  } catch {
    // The choice lasts as long as the page.
  }
}

/** What was chosen on an earlier visit. */
function kept(): { readonly theme: Theme; readonly contrast: Contrast } {
  try {
    const theme = localStorage.getItem("leaklab/theme");
    const contrast = localStorage.getItem("leaklab/contrast");
    return {
      theme: theme === "day" || theme === "night" ? theme : "system",
      contrast: contrast === "more" || contrast === "plain" ? contrast : "system",
    };
  } catch {
    return { theme: "system", contrast: "system" };
  }
}

export function createLook(): Look {
  const theme = signal<Theme>("system");
  const contrast = signal<Contrast>("system");
  const systemNight = signal(false);
  const shown = computed(() =>
    theme.value === "system" ? (systemNight.value ? "night" : "day") : theme.value,
  );
  const apply = () => write(shown.value, theme.value, contrast.value);
  return {
    theme,
    contrast,
    shown,
    setTheme: (value) => {
      theme.value = value;
      apply();
    },
    setContrast: (value) => {
      contrast.value = value;
      apply();
    },
    follow: () => {
      const night = window.matchMedia("(prefers-color-scheme: dark)");
      systemNight.value = night.matches;
      night.addEventListener("change", () => {
        systemNight.value = night.matches;
        if (theme.value === "system") apply();
      });
      window.matchMedia("(prefers-contrast: more)").addEventListener("change", apply);
      const before = kept();
      theme.value = before.theme;
      contrast.value = before.contrast;
    },
  };
}
