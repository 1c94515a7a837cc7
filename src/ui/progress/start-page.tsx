/** The script of the pages about progress: first the page as it was built, then what the browser keeps. */
import "@preact/signals";
import { hydrate } from "preact";
import { textOfPage } from "../text/page.ts";
import type { Catalog } from "./catalog.ts";
import { keepLastPath, readLastPath } from "./last-path.ts";
import { bringToLife, emptyState } from "./page-state.ts";
import { ProgressPage, type ViewName } from "./views.tsx";

const root = document.getElementById("progress-page");
const catalog = JSON.parse(document.getElementById("catalog")?.textContent ?? "{}") as Catalog;

/** The path that the address or the last visit names. */
function chosenPath(): string {
  const asked = new URLSearchParams(location.search).get("path") ?? readLastPath();
  return (catalog.paths.find(({ id }) => id === asked) ?? catalog.paths[0])?.id ?? "";
}

if (root) {
  const built = root.dataset["path"] ?? "";
  const state = emptyState(built);
  const view = root.dataset["view"] as ViewName;
  hydrate(<ProgressPage view={view} t={textOfPage()} catalog={catalog} state={state} />, root);
  if (view === "path") keepLastPath(built);
  if (view === "certificate") state.path.value = chosenPath();
  void bringToLife(state).then(() => (root.dataset["live"] = "true"));
}
