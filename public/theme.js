// Sets the theme that was chosen before anything is painted.
try {
  const data = document.documentElement.dataset;
  const chosen = localStorage.getItem("leaklab/theme");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  data.theme = chosen === "day" || chosen === "night" ? chosen : dark ? "night" : "day";
  const more =
    localStorage.getItem("leaklab/contrast") === "more" || matchMedia("(prefers-contrast: more)").matches;
  if (more) data.contrast = "more";
} catch {
  // Storage is blocked: the style sheet's own defaults hold.
}
