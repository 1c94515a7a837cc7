/** The right column: where one stands, what is due again, what may be skipped, and how to take it all along. */
import type { Text } from "../text/text.ts";
import { addressIn } from "../text/address.ts";
import { labOf, type Catalog } from "./catalog.ts";
import { labAddress } from "./lab-address.ts";
import type { PageState } from "./page-state.ts";
import { due, reviews } from "./review.ts";
import { SetAside } from "./SetAside.tsx";
import type { LabStanding } from "./standing.ts";
import { TakeAlong } from "./TakeAlong.tsx";
import { aheadText, dayText } from "./when.ts";
import { MARK_LABELS } from "./words.ts";

interface AsideProps {
  readonly t: Text;
  readonly catalog: Catalog;
  readonly state: PageState;
  readonly labs: readonly LabStanding[];
  readonly minutesPassed: number;
  readonly minutes: number;
}

function Figures({ t, labs, minutesPassed, minutes }: Omit<AsideProps, "catalog" | "state">) {
  const passes = labs.flatMap(({ pass }) => pass ?? []);
  const done = labs.filter(({ state }) => state === "passed" || state === "covered").length;
  const marks = MARK_LABELS.map(
    ([mark, label]) => [t(label), passes.filter((pass) => pass.marks[mark] === "pass").length] as const,
  );
  const extra = passes.reduce((sum, pass) => sum + pass.extra, 0);
  const rows: readonly (readonly [string, string | number])[] = [
    [t("Labs passed"), t("{n} of {all}", { n: done, all: labs.length })],
    [t("Minutes behind you"), t("{n} of {all}", { n: minutesPassed, all: minutes })],
    ...marks.filter(([, count], i) => i < 4 || count > 0),
    [t("Extra marks"), extra],
  ];
  return (
    <section aria-labelledby="stand">
      <h2 id="stand">{t("Where you stand")}</h2>
      <dl class="figures">
        {rows.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Due({ t, catalog, state }: Pick<AsideProps, "t" | "catalog" | "state">) {
  const { results } = state.kept.value;
  const now = state.now.value;
  const ready = due(results, now).filter(({ lab }) => labOf(catalog, lab)?.ready);
  const next = reviews(results).find(({ dueAt }) => dueAt > now);
  const title = (lab: string) => labOf(catalog, lab)?.title ?? lab;
  const when = (lab: string) =>
    Math.max(...results.filter((it) => it.lab === lab && it.passed).map((it) => it.when));
  return (
    <section aria-labelledby="due">
      <h2 id="due">{t("Due again")}</h2>
      {ready.length > 0 && (
        <ul>
          {ready.map(({ lab, seed }) => (
            <li>
              <a href={labAddress(t, lab, `seed=${seed}&review`)}>{title(lab)}</a>
              <span>
                {t("Passed {day}. Names and values are new ones.", { day: dayText(t, when(lab), now) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {ready.length === 0 && next && (
        <p>
          {t("{lab} comes back {day}, with new names and values.", {
            lab: title(next.lab),
            day: aheadText(t, next.dueAt, now),
          })}
        </p>
      )}
      {ready.length === 0 && !next && (
        <p>{t("Two labs of each day come back after 1, 7 and 30 days, with new names and values.")}</p>
      )}
    </section>
  );
}

export function Aside(props: AsideProps) {
  const { t, catalog, state } = props;
  return (
    <aside class="standing" aria-label={t("Progress")}>
      <Figures {...props} />
      <Due t={t} catalog={catalog} state={state} />
      <section aria-labelledby="skip">
        <h2 id="skip">{t("Skip what you know")}</h2>
        <p>
          {t("Eight labs that you play without hints. What you pass counts, and covers easier labs.")}{" "}
          <a href={addressIn(t.language, "/placement/")}>{t("Take the placement check")}</a>
        </p>
      </section>
      <SetAside t={t} catalog={catalog} state={state} />
      <TakeAlong t={t} catalog={catalog} state={state} />
    </aside>
  );
}
