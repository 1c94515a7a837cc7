/** The workbench's own view of progress: the place on a path, where the last visit ended, and what comes next. */
import { addressIn } from "../text/address.ts";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { Icon } from "../workbench/Icon.tsx";
import type { MenuItem } from "../workbench/Menu.tsx";
import { nextLab, pathIn, type CatalogLab, type CatalogPath } from "./catalog.ts";
import { labAddress } from "./lab-address.ts";
import { labStanding, type LabStanding } from "./standing.ts";
import { StateGlyph } from "./StateGlyph.tsx";
import { dayText, labClock } from "./when.ts";
import { STATE_WORDS } from "./words.ts";

export interface Place {
  readonly path: CatalogPath;
  /** From 1. */
  readonly number: number;
  readonly labs: readonly { readonly lab: CatalogLab; readonly standing: LabStanding }[];
}

export function usePlace(): Place | null {
  const { page, progress, session } = useBench();
  const { labs, paths } = progress.paths.value;
  const path = pathIn({ paths }, progress.path.value);
  if (!path) return null;
  const acts = session.acts.value;
  const all = path.labs.flatMap((id) => {
    const lab = labs.find((it) => it.id === id);
    if (!lab) return [];
    const standing = labStanding(progress.kept.value, id, lab.ready);
    const begun = id === page.id && acts > 0 && (standing.state === "new" || standing.state === "covered");
    return [{ lab, standing: begun ? ({ ...standing, state: "begun" } as const) : standing }];
  });
  return { path, number: path.labs.indexOf(page.id) + 1, labs: all };
}

/** "New contributor path, Lab 2 of 3" with a glyph per lab. */
export function PathPlace({ place }: { readonly place: Place }) {
  const t = useText();
  return (
    <>
      <span class="lab-module">{t(place.path.title)}</span>
      <strong class="lab-title">{t("Lab {n} of {all}", { n: place.number, all: place.labs.length })}</strong>
      <span class="place-glyphs" aria-hidden="true">
        {place.labs.map(({ standing }) => (
          <span data-state={standing.state}>
            <StateGlyph state={standing.state} />
          </span>
        ))}
      </span>
    </>
  );
}

/** The path's labs as entries of the header's menu; labs to come are named, and lead nowhere. */
export function usePlaceItems(place: Place | null): readonly MenuItem[] {
  const t = useText();
  const bench = useBench();
  if (!place) return [];
  return place.labs.map(({ lab, standing }, i) => ({
    label: t("{n} {lab}, {state}", { n: i + 1, lab: lab.title, state: t(STATE_WORDS[standing.state]) }),
    glyph: (
      <span class="place-glyphs" data-state={standing.state}>
        <StateGlyph state={standing.state} />
      </span>
    ),
    current: lab.id === bench.page.id,
    disabled: !lab.ready,
    run: () => {
      if (lab.id !== bench.page.id) location.assign(labAddress(t, lab.id, `path=${place.path.id}`));
    },
  }));
}

/** After passing: the path's next lab, or its end. */
export function NextLab() {
  const t = useText();
  const { page, progress } = useBench();
  const path = progress.path.value;
  if (path === null) return null;
  const next = nextLab(progress.paths.value, path, page.id);
  return (
    <a
      class="next-lab"
      href={next ? labAddress(t, next.id, `path=${path}`) : addressIn(t.language, `/paths/${path}/`)}
    >
      {next ? t("Next: {lab}", { lab: next.title }) : t("Back to the path")}
      <Icon name="chevronRight" />
    </a>
  );
}

/** A quiet line, until the first act of this visit. */
export function Returned() {
  const t = useText();
  const { progress, session } = useBench();
  const left = progress.left.value;
  if (!left || session.acts.value !== left.commands) return null;
  return (
    <p class="returned">
      {t.many(
        left.commands,
        "Left {day} at {clock}; {n} command replayed.",
        "Left {day} at {clock}; {n} commands replayed.",
        { day: dayText(t, left.when, Date.now()), clock: labClock(left.clock) },
      )}
    </p>
  );
}

/** Says why the lab was opened, where that changes what is offered. */
export function PurposeNote() {
  const t = useText();
  const { progress } = useBench();
  const purpose = progress.purpose.value;
  if (purpose === "lab") return null;
  return (
    <p class="returned">
      {purpose === "placement"
        ? t("Placement check: no hints are offered. A hint that you open makes it a normal attempt.")
        : t("Review: the same lab, with new names and values.")}
    </p>
  );
}
