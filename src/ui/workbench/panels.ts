/** The panels by name and number, and how focus gets into them. */
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";
import { TOOLS, toolsHere, type Bench, type PanelId, type Tool } from "./bench.ts";

/** The place in this list is the number that Ctrl Shift takes. */
export const PANELS: Readonly<Record<PanelId, string>> = {
  brief: said("Brief"),
  checks: said("Checks"),
  editor: said("Editor"),
  terminal: said("Terminal"),
  graph: said("Git graph"),
  map: said("Leak map"),
  clock: said("Clock and timeline"),
  cloud: said("Cloud"),
  forge: said("Forge"),
  pipeline: said("Pipeline"),
  store: said("Store"),
  people: said("People"),
  status: said("Health"),
};

/** A panel's name inside of a sentence; German nouns keep their capital there. */
export function panelInText(t: Text, id: PanelId): string {
  const name = t(PANELS[id]);
  return t.language === "en" ? name.toLowerCase() : name;
}

/** The panels that this lab has. */
export function panelsInOrder(bench: Bench): readonly PanelId[] {
  const tools = toolsHere(bench);
  return (Object.keys(PANELS) as PanelId[]).filter((id) => !isTool(id) || tools.includes(id));
}

function isTool(id: PanelId): id is Tool {
  return (TOOLS as readonly string[]).includes(id);
}

function isNarrow(bench: Bench): boolean {
  return bench.width.value === "middle" || bench.width.value === "one";
}

/** Brings a panel to view where it is a tab or folded away. */
export function reveal(bench: Bench, id: PanelId): void {
  bench.story.value = "brief";
  if (bench.full.value && bench.full.value !== id) bench.full.value = null;
  if (id === "brief" || id === "checks") {
    bench.left.value = id;
    bench.reading.value = id;
    if (bench.width.value === "one") bench.drawer.value = true;
  }
  if (isTool(id) || (isNarrow(bench) && (id === "graph" || id === "map"))) bench.upper.value = id;
  if (id === "map") bench.reading.value = "map";
}

function currentKind(bench: Bench): "file" | "patch" | undefined {
  const { open, current } = bench.documents;
  return open.value.find(({ path }) => path === current.value)?.kind;
}

const FOCUSABLE = '[tabindex="0"], button:not([disabled]):not([tabindex="-1"]), a[href], input, textarea';

/** The terminal that is shown: a number whose terminal is gone stands for the first. */
export function shownTerminal(bench: Bench): number {
  const { terminals } = bench.session;
  return terminals.value.includes(bench.terminal.value) ? bench.terminal.value : 1;
}

/** What is typed next must not press a button: a terminal that is still to come takes the focus when it is there. */
function focusTerminal(bench: Bench): void {
  if (bench.focus.terminal) return bench.focus.terminal();
  bench.focus.wantedTerminal = shownTerminal(bench);
  document.querySelector<HTMLElement>("#panel-terminal .empty button")?.focus();
}

export function focusPanel(bench: Bench, id: PanelId): void {
  reveal(bench, id);
  requestAnimationFrame(() => {
    if (id === "terminal") return focusTerminal(bench);
    const file = id === "editor" && currentKind(bench) === "file";
    if (file && bench.focus.editor) return bench.focus.editor();
    bench.focus.wanted = file;
    const panel = document.getElementById(`panel-${id}`);
    const inside =
      panel?.querySelector<HTMLElement>(".patch") ??
      panel?.querySelector<HTMLElement>("[data-focus]") ??
      panel?.querySelector<HTMLElement>(FOCUSABLE);
    (inside ?? panel)?.focus();
  });
}

/** In the order of the page. */
function onScreen(bench: Bench): readonly PanelId[] {
  const shown = panelsInOrder(bench).flatMap((id) => {
    const element = document.getElementById(`panel-${id}`);
    return element?.offsetParent ? [{ id, element }] : [];
  });
  const before = (a: Element, b: Element) =>
    (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return shown.sort((a, b) => (before(a.element, b.element) ? -1 : 1)).map(({ id }) => id);
}

/** F6: the next panel that is on screen. False at the end, where the browser goes on outside the page. */
export function stepPanel(bench: Bench, step: 1 | -1): boolean {
  const visible = onScreen(bench);
  const here = visible.indexOf(bench.active.value as PanelId);
  const next = visible[here < 0 ? (step > 0 ? 0 : visible.length - 1) : here + step];
  if (next === undefined) {
    bench.active.value = null;
    (document.activeElement as HTMLElement | null)?.blur();
    return false;
  }
  focusPanel(bench, next);
  return true;
}
