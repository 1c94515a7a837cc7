/** The site's one switch: day to night and back. */
import { setTheme, shownTheme, startTheme } from "../workbench/theme.ts";

startTheme();
document.getElementById("theme-button")?.addEventListener("click", () => {
  setTheme(shownTheme.value === "day" ? "night" : "day");
});
