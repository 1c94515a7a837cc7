/** The placement check: eight labs, what each shows and covers, and what one may skip already. */
import { labOf } from "./catalog.ts";
import { labAddress } from "./lab-address.ts";
import type { ViewProps } from "./PathView.tsx";
import { covered, PLACEMENT, type PlacementTask } from "./placement.ts";
import { labStanding, type LabStanding } from "./standing.ts";
import { StateGlyph } from "./StateGlyph.tsx";
import { difficultyText, STATE_WORDS, stateText } from "./words.ts";

function WayIn({
  t,
  catalog,
  task,
  standing,
}: Omit<ViewProps, "state"> & {
  readonly task: PlacementTask;
  readonly standing: LabStanding;
}) {
  const title = labOf(catalog, task.lab)?.title ?? task.lab;
  if (standing.state === "passed") return null;
  const begun = standing.state === "begun";
  return (
    <a class={begun ? "button primary" : "button"} href={labAddress(t, task.lab, "placement")}>
      {begun ? t("Continue") : t("Try it")}
      <span class="sr-only"> {title}</span>
    </a>
  );
}

function Task({ task, ...props }: ViewProps & { readonly task: PlacementTask }) {
  const { t, catalog, state } = props;
  const lab = labOf(catalog, task.lab);
  if (!lab) return null;
  const standing = labStanding(state.kept.value, task.lab, lab.ready);
  const line = standing.state === "new" ? "" : stateText(t, catalog, standing, state.now.value);
  return (
    <li class="placement-task" data-state={standing.state}>
      <StateGlyph state={standing.state} />
      <div>
        <h2>{lab.title}</h2>
        <p>{t(task.shows)}</p>
        {task.covers.map((cover) => (
          <p class="covers">
            {t("Covers {lab}. {reason}", {
              lab: labOf(catalog, cover.lab)?.title ?? cover.lab,
              reason: t(cover.reason),
            })}
          </p>
        ))}
        <p class="state-line">
          <span class="sr-only">{t(STATE_WORDS[standing.state])}. </span>
          {[t("{n} min", { n: lab.minutes }), difficultyText(t, lab.difficulty), line]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <WayIn t={t} catalog={catalog} task={task} standing={standing} />
    </li>
  );
}

function Skip({ t, catalog, state }: ViewProps) {
  const { results } = state.kept.value;
  const passed = results.filter((result) => result.passed).map(({ lab }) => lab);
  const skip = [...new Set([...passed, ...covered(results).keys()])];
  const title = (id: string) => labOf(catalog, id)?.title ?? id;
  return (
    <aside class="standing" aria-label={t("What you may skip")}>
      <section>
        <h2>{t("What you may skip")}</h2>
        {skip.length === 0 ? (
          <p>{t("Nothing yet. A lab that you pass here appears in this list, and what it covers.")}</p>
        ) : (
          <ul>
            {skip.map((id) => (
              <li>
                {title(id)}
                {!passed.includes(id) && <span>{t("covered")}</span>}
              </li>
            ))}
          </ul>
        )}
        <p>{t("Skipping is an offer. Every lab stays open, and paths count what is covered as done.")}</p>
      </section>
    </aside>
  );
}

export function PlacementView(props: ViewProps) {
  const { t } = props;
  return (
    <>
      <header class="path-head">
        <div class="measure">
          <h1>{t("Placement check")}</h1>
          <div class="path-lead">
            <div>
              <p>
                {t(
                  "Eight labs from the first four modules, in the state in which they begin. What you pass counts as passed.",
                )}
              </p>
              <p class="coming">
                {t(
                  "The story is folded and no hints are offered. A hint that you open makes it a normal attempt.",
                )}
              </p>
            </div>
          </div>
        </div>
      </header>
      <div class="measure path-body">
        <ol class="placement">
          {PLACEMENT.map((task) => (
            <Task {...props} task={task} />
          ))}
        </ol>
        <Skip {...props} />
      </div>
    </>
  );
}
