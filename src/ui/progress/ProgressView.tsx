/** Everything over all labs: the paths to scale, the labs by module. */
import { addressIn } from "../text/address.ts";
import { Aside } from "./Aside.tsx";
import { LabTable } from "./LabTable.tsx";
import { GoOn, type ViewProps } from "./PathView.tsx";
import { Scale } from "./Scale.tsx";
import { pathStanding } from "./standing.ts";
import { passedOf } from "./words.ts";

export function ProgressView({ t, catalog, state }: ViewProps) {
  const kept = state.kept.value;
  const ready = catalog.labs.filter((lab) => lab.ready);
  const groups = catalog.modules
    .map((module) => ({
      title: t(module.title),
      about: t(module.about),
      labs: module.labs.filter((id) => ready.some((lab) => lab.id === id)),
    }))
    .filter(({ labs }) => labs.length > 0);
  const all = pathStanding(kept, catalog, { labs: groups.flatMap(({ labs }) => labs) });
  return (
    <>
      <header class="path-head">
        <div class="measure">
          <h1>{t("Your progress")}</h1>
          <div class="path-lead">
            <p>{t("What you have passed, what you began, and what comes back. It stays in this browser.")}</p>
          </div>
          {catalog.paths.map((path, i) => {
            const standing = pathStanding(kept, catalog, path);
            return (
              <section class="path-strip" aria-label={t(path.title)}>
                <h2>
                  <a href={addressIn(t.language, `/paths/${path.id}/`)}>{t(path.title)}</a>
                </h2>
                <p>{passedOf(t, standing)}</p>
                <Scale catalog={catalog} path={path} labs={standing.labs} axis={false} minuteWord="" />
                <GoOn t={t} catalog={catalog} path={path} standing={standing} among primary={i === 0} />
              </section>
            );
          })}
          {catalog.paths.some(({ parts, labs }) => parts.length > labs.length) && (
            <p class="scale-note">{t("Ruled parts are talks and debriefs.")}</p>
          )}
        </div>
      </header>
      <div class="measure path-body">
        <LabTable
          t={t}
          catalog={catalog}
          caption={t("All labs that can be played")}
          groups={groups}
          kept={kept}
          now={state.now.value}
        />
        <Aside
          t={t}
          catalog={catalog}
          state={state}
          labs={all.labs}
          minutesPassed={all.minutesPassed}
          minutes={all.minutes}
        />
      </div>
    </>
  );
}
