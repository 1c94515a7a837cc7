/** Labs in groups, each with its state, time, marks and the way in. */
import type { Text } from "../text/text.ts";
import type { Mark } from "../../worker/protocol.ts";
import { inline } from "../prose/markdown.tsx";
import { VerdictGlyph } from "../workbench/VerdictGlyph.tsx";
import { labOf, type Catalog, type CatalogLab } from "./catalog.ts";
import { labAddress } from "./lab-address.ts";
import type { Kept } from "./progress.ts";
import { labStanding, type LabStanding } from "./standing.ts";
import { StateGlyph } from "./StateGlyph.tsx";
import { difficultyText, MARK_LABELS, STATE_WORDS, stateText } from "./words.ts";

export interface LabGroup {
  readonly title: string;
  readonly about: string;
  readonly labs: readonly string[];
}

interface LabTableProps {
  readonly t: Text;
  readonly catalog: Catalog;
  readonly caption: string;
  readonly groups: readonly LabGroup[];
  readonly kept: Kept;
  readonly now: number;
  /** The path that the links go along. */
  readonly path?: string;
}

function MarkCell({ lab, mark, standing, t }: RowProps & { readonly mark: Mark }) {
  const passed = standing.pass?.marks[mark] === "pass";
  if (!lab.asks.includes(mark) && !(lab.extras.includes(mark) && passed))
    return (
      <td class="mark-cell">
        <span aria-hidden="true">–</span>
        <span class="sr-only">{t("not asked")}</span>
      </td>
    );
  const extra = !lab.asks.includes(mark);
  return (
    <td class="mark-cell">
      <VerdictGlyph shown={extra ? "extra" : passed ? "pass" : "not-yet"} />
      <span class="sr-only">{extra ? t("extra") : passed ? t("passes") : t("not yet")}</span>
    </td>
  );
}

interface RowProps {
  readonly t: Text;
  readonly lab: CatalogLab;
  readonly standing: LabStanding;
}

function WayIn({ t, lab, standing, path }: RowProps & { readonly path: string | undefined }) {
  const query = path === undefined ? "" : `path=${path}`;
  const named = <span class="sr-only"> {lab.title}</span>;
  if (!lab.ready) return <span class="quiet-word">{t("to come")}</span>;
  if (standing.state === "passed")
    return (
      <a class="debrief" href={labAddress(t, lab.id, [query, "debrief"].filter(Boolean).join("&"))}>
        {t("Debrief")}
        {named}
      </a>
    );
  const begun = standing.state === "begun";
  return (
    <a class={begun ? "button primary" : "button"} href={labAddress(t, lab.id, query)}>
      {begun ? t("Continue") : t("Start")}
      {named}
    </a>
  );
}

export function LabTable({ t, catalog, caption, groups, kept, now, path }: LabTableProps) {
  const numbers = new Map(groups.flatMap(({ labs }) => labs).map((id, i) => [id, i + 1]));
  const marks = MARK_LABELS.filter(
    ([mark]) =>
      mark !== "answered" ||
      groups.some(({ labs }) => labs.some((id) => labOf(catalog, id)?.asks.includes(mark))),
  );
  return (
    <table class="path-table">
      <caption class="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="glyph-cell">
            <span class="sr-only">{t("State")}</span>
          </th>
          <th scope="col">{t("Lab")}</th>
          <th scope="col" class="time-cell">
            {t("Time")}
          </th>
          {marks.map(([, label]) => (
            <th scope="col" class="mark-cell">
              {t(label)}
            </th>
          ))}
          <th scope="col" class="way-cell">
            <span class="sr-only">{t("Way in")}</span>
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody>
          <tr class="group">
            <td />
            <th scope="rowgroup" colSpan={3 + marks.length}>
              {group.title} {group.about && <span>{group.about}</span>}
            </th>
          </tr>
          {group.labs.map((id) => {
            const lab = labOf(catalog, id);
            if (!lab) return null;
            const standing = labStanding(kept, id, lab.ready);
            const line = stateText(t, catalog, standing, now);
            return (
              <tr class="lab" data-state={standing.state} data-lab={id}>
                <td class="glyph-cell">
                  <StateGlyph state={standing.state} />
                  <span class="sr-only">{t(STATE_WORDS[standing.state])}</span>
                </td>
                <th scope="row" class="name-cell">
                  <span class="lab-name">
                    <span>{numbers.get(id)}</span> {lab.title}
                  </span>
                  <span class="state-line" lang={line ? undefined : lab.aboutLang}>
                    {line || inline(lab.about)}
                  </span>
                </th>
                <td class="time-cell">
                  <span>{t("{n} min", { n: lab.minutes })}</span>
                  {lab.difficulty && <span>{difficultyText(t, lab.difficulty)}</span>}
                </td>
                {marks.map(([mark]) => (
                  <MarkCell t={t} lab={lab} standing={standing} mark={mark} />
                ))}
                <td class="way-cell">
                  <WayIn t={t} lab={lab} standing={standing} path={path} />
                </td>
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}
