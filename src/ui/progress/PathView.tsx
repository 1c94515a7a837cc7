/** The page of a path: readable as it was built, and with the learner's progress once it comes to life. */
import { useMemo } from "preact/hooks";
import type { Text } from "../text/text.ts";
import { addressIn } from "../text/address.ts";
import { Icon } from "../workbench/Icon.tsx";
import { Aside } from "./Aside.tsx";
import { labOf, pathIn, type Catalog, type CatalogPath } from "./catalog.ts";
import { labAddress } from "./lab-address.ts";
import { LabTable, type LabGroup } from "./LabTable.tsx";
import type { PageState } from "./page-state.ts";
import { Scale } from "./Scale.tsx";
import { pathStanding, type PathStanding } from "./standing.ts";

export interface ViewProps {
  readonly t: Text;
  readonly catalog: Catalog;
  readonly state: PageState;
}

/** A path's labs in its own order, with a heading wherever the module changes. */
function groupsOf(t: Text, catalog: Catalog, path: CatalogPath): readonly LabGroup[] {
  const groups: { title: string; about: string; module: string; labs: string[] }[] = [];
  for (const id of path.labs) {
    const module = labOf(catalog, id)?.module ?? "";
    const last = groups.at(-1);
    if (last?.module === module) last.labs.push(id);
    else {
      const { title = "", about = "" } = catalog.modules.find((it) => it.id === module) ?? {};
      groups.push({ title: t(title), about: t(about), module, labs: [id] });
    }
  }
  return groups;
}

/** Where to go on, with what is left of it. */
export function GoOn({
  t,
  catalog,
  path,
  standing,
  among = false,
  primary = true,
}: Omit<ViewProps, "state"> & {
  readonly path: CatalogPath;
  readonly standing: PathStanding;
  /** Beside those of other paths: its name says of which path it is. */
  readonly among?: boolean;
  readonly primary?: boolean;
}) {
  const named = among && <span class="sr-only">, {t(path.title)}</span>;
  const { next, finished, labs } = standing;
  const look = `button go-on${primary ? " primary" : ""}`;
  if (finished)
    return (
      <a class={look} href={addressIn(t.language, `/certificate/?path=${path.id}`)}>
        <span>
          {t("See the certificate")}
          {named}
        </span>
        <Icon name="chevronRight" />
      </a>
    );
  const lab = next && labOf(catalog, next.lab);
  if (!next || !lab) return null;
  const { checks } = next;
  const share = checks && checks.asked > 0 ? checks.passed / checks.asked : 0;
  const left = Math.max(1, Math.round(lab.minutes * (1 - share)));
  const n = labs.indexOf(next) + 1;
  return (
    <a class={look} href={labAddress(t, lab.id, `path=${path.id}`)}>
      <span>
        {next.state === "begun"
          ? t.many(
              left,
              "Continue lab {lab}, about {n} minute left",
              "Continue lab {lab}, about {n} minutes left",
              { lab: n },
            )
          : t.many(left, "Start lab {lab}, {n} minute", "Start lab {lab}, {n} minutes", { lab: n })}
        {named}
      </span>
      <Icon name="chevronRight" />
    </a>
  );
}

export function PathView({ t, catalog, state }: ViewProps) {
  const path = pathIn(catalog, state.path.value) as CatalogPath;
  const kept = state.kept.value;
  const standing = useMemo(() => pathStanding(kept, catalog, path), [kept]);
  const coming = path.labs.length - standing.ready;
  const minutes = path.parts.reduce((sum, part) => sum + part.minutes, 0);
  return (
    <>
      <header class="path-head">
        <div class="measure">
          <h1>{t(path.title)}</h1>
          <div class="path-lead">
            <div>
              <p>
                {t.many(path.labs.length, "{n} lab, {minutes} minutes.", "{n} labs, {minutes} minutes.", {
                  minutes,
                })}{" "}
                {t(path.text)}
              </p>
              {coming > 0 && (
                <p class="coming">
                  {t.many(
                    coming,
                    "{n} lab is still being built. The path can be finished without it.",
                    "{n} labs are still being built. The path can be finished without them.",
                  )}
                </p>
              )}
            </div>
            <GoOn t={t} catalog={catalog} path={path} standing={standing} />
          </div>
          <Scale catalog={catalog} path={path} labs={standing.labs} minuteWord={t("min")} />
          {path.parts.length > path.labs.length && (
            <p class="scale-note">{t("Ruled parts are talks and debriefs.")}</p>
          )}
        </div>
      </header>
      <div class="measure path-body">
        <LabTable
          t={t}
          catalog={catalog}
          caption={t("Labs of this path")}
          groups={groupsOf(t, catalog, path)}
          kept={kept}
          now={state.now.value}
          path={path.id}
        />
        <Aside
          t={t}
          catalog={catalog}
          state={state}
          labs={standing.labs}
          minutesPassed={standing.minutesPassed}
          minutes={standing.minutes}
        />
      </div>
    </>
  );
}
