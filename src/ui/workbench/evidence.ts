/** From a diagnosis to the place it speaks of. */
import type { Evidence } from "../../worker/protocol.ts";
import type { RepositoryView } from "../../worker/protocol.ts";
import { cloudMention } from "../cloud/cloud-place.ts";
import { logPlace, pullPlace } from "../forge/place.ts";
import { toolsHere, toolsOf, type Bench, type Numbered, type PanelId, type Tool } from "./bench.ts";
import { focusPanel, reveal } from "./panels.ts";

const HEX = /\b[0-9a-f]{7,40}\b/g;

/** The row of the git graph that evidence speaks of: by object, else by an id in its place, else by stash or HEAD. */
export function objectOf(evidence: Evidence, repository: RepositoryView | null): string | null {
  if (!repository) return null;
  const ids = [...repository.commits.map(({ id }) => id), ...repository.looseBlobs.map(({ id }) => id)];
  const named = [evidence.object, ...(evidence.at.match(HEX) ?? [])].filter((id) => id !== undefined);
  const found = ids.find((id) => named.some((part) => id.startsWith(part)));
  const stash = /stash@\{(\d+)\}/.exec(evidence.at)?.[1];
  const stashed = stash && repository.commits.find((commit) => commit.stash === Number(stash))?.id;
  const part = repository.commits.find(({ id, kind }) => id === found && kind === "stash-part");
  if (part)
    return (
      repository.commits.find(({ kind, parents }) => kind === "stash" && parents.includes(part.id))?.id ??
      null
    );
  return found ?? stashed ?? null;
}

function focusIn(panel: PanelId, selector: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const target = document.querySelector<HTMLElement>(`#panel-${panel} ${selector}`);
      target?.scrollIntoView({ block: "nearest" });
      target?.focus({ preventScroll: true });
    }),
  );
}

function showIn(bench: Bench, item: Numbered, panel: PanelId): void {
  bench.shown.value = item;
  bench.shownIn.value = panel;
  if (bench.width.value === "one") bench.drawer.value = false;
  reveal(bench, panel);
}

/** Logs and pull requests have pages of their own. False where none of this lab's panels shows the place. */
function showOnForge(bench: Bench, item: Numbered): boolean {
  const { surface, at } = item.evidence;
  const log = surface.startsWith("ci.") ? logPlace(at) : null;
  const pull = surface === "forge.text" || surface === "pulls" ? pullPlace(at) : null;
  const tools = toolsOf(bench.page);
  if (log && tools.includes("pipeline")) {
    bench.place.run.value = log.run;
    bench.place.job.value = null;
    bench.place.jobName.value = log.job;
    showIn(bench, item, "pipeline");
    focusPanel(bench, "pipeline");
    return true;
  }
  if (pull === null || !tools.includes("forge")) return false;
  bench.place.section.value = "pulls";
  bench.place.pull.value = pull;
  showIn(bench, item, "forge");
  focusPanel(bench, "forge");
  return true;
}

/** What a credential did or still does, how a service fares, what was written: in the panels of those services. */
function showOnService(bench: Bench, item: Numbered): boolean {
  const { surface, at } = item.evidence;
  const panel: Tool | undefined = SERVICE_PANELS[surface];
  if (panel === undefined || !toolsHere(bench).includes(panel)) return false;
  if (panel === "cloud") {
    const { section, filter, open } = cloudMention(at);
    bench.cloud.section.value = section;
    bench.cloud.filter.value = filter;
    bench.cloud.open.value = open;
  }
  if (panel === "people") bench.people.page.value = surface === "chat" ? "chat" : "mail";
  showIn(bench, item, panel);
  focusPanel(bench, panel);
  focusIn(panel, '[data-shown="true"] [data-row], [data-shown="true"]');
  return true;
}

const SERVICE_PANELS: Readonly<Record<string, Tool>> = {
  credential: "cloud",
  service: "status",
  status: "status",
  mail: "people",
  chat: "people",
};

/** Opens the panel that can point at the evidence, selects it there and moves focus to it. */
export async function showEvidence(bench: Bench, item: Numbered): Promise<void> {
  const { evidence } = item;
  const object = objectOf(evidence, bench.session.view.value?.repository ?? null);
  const readable = bench.width.value !== "reading";
  if (object && readable) {
    showIn(bench, item, "graph");
    focusIn("graph", `[data-object="${object}"]`);
    return;
  }
  if (readable && (showOnForge(bench, item) || showOnService(bench, item))) return;
  const path = evidence.path?.startsWith("/") ? evidence.path : `${bench.page.work}/${evidence.path ?? ""}`;
  if (evidence.path && readable && (await bench.documents.openFile(path, evidence.line))) {
    showIn(bench, item, "editor");
    focusPanel(bench, "editor");
    return;
  }
  showIn(bench, item, "map");
  focusIn("map", `[data-surface="${CSS.escape(evidence.surface)}"]`);
}
