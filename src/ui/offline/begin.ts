/** Every page: keeps the site, and says in the footer how far that is. */
import { textOfPage } from "../text/page.ts";
import { followOffline, keepSite } from "./page.ts";
import { offlineWords } from "./words.ts";

void keepSite();
const line = document.getElementById("offline-state");
if (line) {
  const t = textOfPage();
  followOffline().subscribe((state) => {
    line.textContent = offlineWords(t, state) ?? "";
    line.dataset["offline"] = state.at;
  });
}
