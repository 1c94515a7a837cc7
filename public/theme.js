// Sets the theme that was chosen before anything is painted.
try {
  const data = document.documentElement.dataset;
  const chosen = localStorage.getItem("leaklab/theme");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  data.theme = chosen === "day" || chosen === "night" ? chosen : dark ? "night" : "day";
  const contrast = localStorage.getItem("leaklab/contrast");
  const asked = contrast !== "plain" && matchMedia("(prefers-contrast: more)").matches;
  if (contrast === "more" || asked) data.contrast = "more";
} catch {
  // Storage is blocked: the style sheet's own defaults hold.
}
