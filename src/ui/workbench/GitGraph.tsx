import { useMemo, useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";
import type { CommitNode, Evidence } from "../../worker/protocol.ts";
import { useBench, type Bench } from "./bench.ts";
import { Tag } from "./EvidenceLink.tsx";
import { objectOf } from "./evidence.ts";
import { layoutGraph, ROW, type Edge, type GraphLayout, type Row } from "./graph-layout.ts";
import { useLeakMap } from "./LeakMap.tsx";
import { Mark, type Found } from "./Mark.tsx";
import { BackToCheck, FullButton, Panel } from "./Panel.tsx";
import { focusPanel } from "./panels.ts";
import { PULL, refChips } from "./refs.ts";
import { UpperTitle } from "./UpperTitle.tsx";

const LANE = 20;
const LEFT = 20;

const x = (lane: number) => LEFT + lane * LANE;

/** Down the child's lane and over at the parent; a merge leaves at once and comes down in the parent's lane. */
function edgePath({ from, to, merged }: Edge): string {
  const [x1, x2] = [x(from.lane), x(to.lane)];
  if (from.lane === to.lane) return `M${x1} ${from.y}V${to.y}`;
  const bend = 14;
  const down = to.y > from.y ? 1 : -1;
  if (merged)
    return `M${x1} ${from.y}C${x2} ${from.y} ${x2} ${from.y + 4 * down} ${x2} ${from.y + bend * down}V${to.y}`;
  return `M${x1} ${from.y}V${to.y - bend * down}C${x1} ${to.y - 3 * down} ${x1 + (x2 - x1) / 3} ${to.y} ${x2} ${to.y}`;
}

/** A shape per kind: nothing rests on colour. */
function Node({ row }: { readonly row: Row }) {
  const cx = x(row.lane);
  if (row.kind === "folded") return <circle class="dots" cx={cx} cy={row.y} r="2" />;
  if (row.kind === "blob") return <rect class="lost" x={cx - 6} y={row.y - 6} width="12" height="12" />;
  const { commit } = row;
  if (commit.kind === "stash") {
    return (
      <>
        <rect class="stash-back" x={cx - 3} y={row.y - 7} width="10" height="10" />
        <rect class="node" x={cx - 7} y={row.y - 3} width="10" height="10" />
      </>
    );
  }
  if (commit.away) return <circle class="away" cx={cx} cy={row.y} r="5" />;
  if (!commit.reachable) return <circle class="lost" cx={cx} cy={row.y} r="6" />;
  return (
    <>
      {commit.head && <circle class="head-ring" cx={cx} cy={row.y} r="8.5" />}
      <circle class="node" cx={cx} cy={row.y} r="5" />
    </>
  );
}

function Drawing({ layout }: { readonly layout: GraphLayout }) {
  return (
    <svg class="drawing" width={x(layout.lanes)} height={layout.height} aria-hidden="true">
      {layout.edges.map((edge) => (
        <path class="edge" data-lost={edge.lost} d={edgePath(edge)} />
      ))}
      {[...layout.above, ...layout.below].map((row) => (
        <Node row={row} />
      ))}
    </svg>
  );
}

interface Copy {
  readonly found: Found;
  /** No value there opens anything any more. */
  readonly off: boolean;
}

/** Which rows hold a copy, after checks have run: never before. What is off is so on the map too. */
function useCopies(): Map<string, Copy> {
  const repository = useBench().session.view.value?.repository ?? null;
  const copies = new Map<string, Copy>();
  const add = (evidence: Evidence, off: boolean) => {
    const id = objectOf(evidence, repository);
    if (!id || !evidence.by) return;
    const before = copies.get(id) ?? { found: evidence.by, off };
    const found = before.found === evidence.by ? before.found : "both";
    copies.set(id, { found, off: before.off && off });
  };
  const cells = useLeakMap().groups.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  for (const { places, off } of cells) for (const evidence of places) add(evidence, off);
  return copies;
}

function copyText(t: Text, { off }: Copy): string {
  return off ? `${t("holds a copy")}, ${t("the value is off")}` : t("holds a copy");
}

function evidenceNumbers(bench: Bench): Map<string, number> {
  const repository = bench.session.view.value?.repository ?? null;
  const numbers = new Map<string, number>();
  for (const { evidence } of bench.diagnoses.value) {
    for (const item of evidence) {
      const id = objectOf(item.evidence, repository);
      if (id && !numbers.has(id)) numbers.set(id, item.number);
    }
  }
  return numbers;
}

function HeldBy({ place }: { readonly place: string | null }) {
  const t = useText();
  return (
    <span class="held">
      <Heard />
      {place ? t("held by the reflog,") : t("held by nothing")} {place && <code>{place}</code>}
    </span>
  );
}

/** Chips that fit in a row; the others by their count, and in full for who hears or points. */
const CHIPS = 3;

function Refs({ commit }: { readonly commit: CommitNode }) {
  const all = refChips(commit);
  const rest = all.slice(CHIPS).map(({ text }) => text);
  return (
    <>
      {all.slice(0, CHIPS).map(({ kind, text }) => (
        <>
          <Heard />
          <code class={`chip ref-${kind}`} title={text}>
            {kind === "pull" ? text.replace(PULL, "PR ") : text}
          </code>
        </>
      ))}
      {rest.length > 0 && (
        <code class="chip ref-more" title={rest.join(", ")}>
          <span aria-hidden="true">+{rest.length}</span>
          <Heard text={`, ${rest.join(", ")}`} />
        </code>
      )}
    </>
  );
}

function Chips({ commit, number }: { readonly commit: CommitNode; readonly number: number | undefined }) {
  const t = useText();
  return (
    <span class="chips">
      {commit.away && <span class="held">{t("on the forge only")}</span>}
      {commit.reachable ? <Refs commit={commit} /> : <HeldBy place={commit.heldBy} />}
      {number !== undefined && <Tag number={number} />}
    </span>
  );
}

/** Only heard: parts what stands apart on screen. */
function Heard({ text = ", " }: { readonly text?: string }) {
  return <span class="sr-only">{text}</span>;
}

function subjectOf(t: Text, row: Row): string {
  if (row.kind === "folded") return t("{n} more commits", { n: row.count });
  return row.kind === "blob" ? t("Lost file") : row.commit.subject;
}

/** "8e1f04c, WIP on main, stash@{0}, after 3ab…, holds a copy, evidence 1" */
function rowText(t: Text, row: Row, copy: Copy | undefined, number: number | undefined): string {
  if (row.kind === "folded") return subjectOf(t, row);
  const held = (place: string | null) =>
    place ? `${t("held by the reflog,")} ${place}` : t("held by nothing");
  const about =
    row.kind === "blob"
      ? [held(row.blob.heldBy)]
      : [
          ...(row.commit.reachable
            ? refChips(row.commit).map(({ text }) => text)
            : [held(row.commit.heldBy)]),
          ...(row.commit.parents.length > 0
            ? [t("after {commits}", { commits: row.commit.parents.map((id) => id.slice(0, 7)).join(", ") })]
            : []),
        ];
  const away = row.kind === "commit" && row.commit.away ? [t("on the forge only")] : [];
  const copied = copy ? [copyText(t, copy)] : [];
  const evidence = number === undefined ? [] : [t("evidence {n}", { n: number })];
  return [subjectOf(t, row), ...away, ...about, ...copied, ...evidence].join(", ");
}

/** The same as the drawing, in words: one list above the waterline, one below. */
function TextView({ layout }: { readonly layout: GraphLayout }) {
  const bench = useBench();
  const t = useText();
  const marks = useCopies();
  const numbers = evidenceNumbers(bench);
  const list = (rows: readonly Row[]) => (
    <ol>
      {rows.map((row) => (
        <li key={idOf(row)} tabIndex={-1} data-object={idOf(row)}>
          {row.kind !== "folded" && <code>{idOf(row).slice(0, 7)}</code>}{" "}
          {rowText(t, row, marks.get(idOf(row)), numbers.get(idOf(row)))}
        </li>
      ))}
    </ol>
  );
  return (
    <div class="graph-text" role="group" aria-label={t("Git graph as text")} tabIndex={0}>
      <h3>{t("What a branch, tag or stash leads to")}</h3>
      {list(layout.above)}
      {layout.below.length > 0 && <h3>{t("Below: no branch leads here, git keeps it")}</h3>}
      {layout.below.length > 0 && list(layout.below)}
    </div>
  );
}

interface RowProps {
  readonly row: Row;
  readonly lanes: number;
  readonly copy: Copy | undefined;
  readonly number: number | undefined;
  readonly selected: boolean;
  readonly focusable: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

const idOf = (row: Row) =>
  row.kind === "commit" ? row.commit.id : row.kind === "blob" ? row.blob.id : "folded";

function GraphRow({ row, lanes, copy, number, selected, focusable, onSelect, onOpen }: RowProps) {
  const t = useText();
  const id = idOf(row);
  return (
    <div
      role="treeitem"
      class="graph-row"
      aria-selected={selected}
      tabIndex={focusable ? 0 : -1}
      data-object={id}
      data-focus={focusable ? "" : undefined}
      data-evidence={number !== undefined}
      style={{ height: `${row.height}px`, paddingLeft: `${x(lanes) - 4}px` }}
      onFocus={onSelect}
      onClick={onOpen}
    >
      <code class="id">{row.kind === "folded" ? "" : id.slice(0, 7)}</code>
      <Heard />
      <span class="subject">{subjectOf(t, row)}</span>
      <span class="copy">
        {copy && (
          <>
            <Mark {...copy} />
            <Heard text={`, ${copyText(t, copy)}`} />
          </>
        )}
        {number !== undefined && row.height === ROW.plain && <Tag number={number} />}
      </span>
      {row.kind === "commit" && row.height > ROW.plain && <Chips commit={row.commit} number={number} />}
      {row.kind === "blob" && (
        <span class="chips">
          <HeldBy place={row.blob.heldBy} />
          {number !== undefined && <Tag number={number} />}
        </span>
      )}
    </div>
  );
}

function Tree({ layout }: { readonly layout: GraphLayout }) {
  const bench = useBench();
  const t = useText();
  const [selected, setSelected] = useState<string | null>(null);
  const rows = [...layout.above, ...layout.below];
  const marks = useCopies();
  const numbers = evidenceNumbers(bench);
  const current = rows.some((row) => idOf(row) === selected) ? selected : rows[0] ? idOf(rows[0]) : null;
  const open = (row: Row) => {
    if (row.kind !== "commit") return;
    void bench.documents.openPatch(row.commit.id).then((opened) => {
      if (opened) focusPanel(bench, "editor");
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const here = rows.findIndex((row) => idOf(row) === current);
    const targets: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const row = rows[here];
    if ((event.key === "Enter" || event.key === " ") && row) open(row);
    const next = rows[targets[event.key] ?? -1];
    if (next)
      (event.currentTarget as HTMLElement)
        .querySelector<HTMLElement>(`[data-object="${idOf(next)}"]`)
        ?.focus();
    if (event.key in targets || event.key === "Enter" || event.key === " ") event.preventDefault();
  };
  const item = (row: Row) => (
    <GraphRow
      key={idOf(row)}
      row={row}
      lanes={layout.lanes}
      copy={marks.get(idOf(row))}
      number={numbers.get(idOf(row))}
      selected={idOf(row) === selected}
      focusable={idOf(row) === current}
      onSelect={() => setSelected(idOf(row))}
      onOpen={() => open(row)}
    />
  );
  return (
    <div
      class="graph-body"
      role="tree"
      aria-label={t("Commits")}
      onKeyDown={onKeyDown}
      style={{ minHeight: `${layout.height}px` }}
    >
      <div role="group" aria-label={t("What a branch, tag or stash leads to")} class="above">
        {layout.above.map(item)}
      </div>
      {layout.waterline !== null && (
        <div role="group" aria-label={t("Below: no branch leads here, git keeps it")} class="below">
          <p
            class="waterline-label"
            style={{ height: `${ROW.label}px`, paddingLeft: `${x(layout.lanes) - 4}px` }}
            role="presentation"
          >
            {t("Below: no branch leads here, git keeps it")}
          </p>
          {layout.below.map(item)}
        </div>
      )}
      <Drawing layout={layout} />
    </div>
  );
}

const LEGEND: readonly (readonly [string, preact.JSX.Element])[] = [
  [said("commit"), <circle class="node" cx="8" cy="8" r="5" />],
  [
    said("stash"),
    <>
      <rect class="stash-back" x="5" y="2" width="9" height="9" />
      <rect class="node" x="2" y="5" width="9" height="9" />
    </>,
  ],
  [said("on the forge only"), <circle class="away" cx="8" cy="8" r="5" />],
  [said("lost commit"), <circle class="lost" cx="8" cy="8" r="6" />],
  [said("lost file"), <rect class="lost" x="2" y="2" width="12" height="12" />],
];

function Legend() {
  const t = useText();
  return (
    <ul class="legend" aria-label={t("Key¦of a drawing")}>
      {LEGEND.map(([name, shape]) => (
        <li>
          <svg class="drawing-key" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            {shape}
          </svg>
          {t(name)}
        </li>
      ))}
      <li>
        <Mark found="both" /> {t("copy")}
      </li>
    </ul>
  );
}

export function GitGraph() {
  const bench = useBench();
  const t = useText();
  const repository = bench.session.view.value?.repository ?? null;
  const layout = useMemo(() => (repository ? layoutGraph(repository) : null), [repository]);
  const wide = bench.width.value === "wide";
  const [asText, setAsText] = useState(false);
  return (
    <Panel
      id="graph"
      class="graph"
      head={
        <>
          <UpperTitle id="graph" />
          {repository?.state && (
            <span class="state">{t("{what} in progress", { what: repository.state })}</span>
          )}
          <span class="spring" />
          <BackToCheck panel="graph" />
          {!wide && !asText && (
            <details class="key">
              <summary>{t("Key¦of a drawing")}</summary>
              <Legend />
            </details>
          )}
          <button type="button" class="quiet small" aria-pressed={asText} onClick={() => setAsText(!asText)}>
            {t("Text view")}
          </button>
          <FullButton id="graph" />
        </>
      }
    >
      <div class="scroll" aria-busy={!bench.session.view.value}>
        {layout &&
          layout.above.length > 0 &&
          (asText ? <TextView layout={layout} /> : <Tree layout={layout} />)}
        {layout && layout.above.length + layout.below.length === 0 && (
          <p class="empty">{t("No commits yet.")}</p>
        )}
        {!layout && (
          <p class="empty">
            {bench.session.view.value
              ? t("No repository here. git init makes one.")
              : t("Commits, stash and reflog appear here.")}
          </p>
        )}
      </div>
      {wide && !asText && <Legend />}
    </Panel>
  );
}
