/** The site's one switch: day to night and back. */
import { createLook } from "../workbench/theme.ts";

const look = createLook();
look.follow();
document.getElementById("theme-button")?.addEventListener("click", () => {
  look.setTheme(look.shown.value === "day" ? "night" : "day");
});
