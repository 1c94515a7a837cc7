/** The right column: where one stands, what is due again, what may be skipped, and how to take it all along. */
import type { Text } from "../text/text.ts";
import { addressIn } from "../text/address.ts";
import { labOf, type Catalog } from "./catalog.ts";
import { labAddress } from "./lab-address.ts";
import type { PageState } from "./page-state.ts";
import { due, reviews } from "./review.ts";
import { SetAside } from "./SetAside.tsx";
import { isDone, type LabStanding } from "./standing.ts";
import { TakeAlong } from "./TakeAlong.tsx";
import { aheadText, daysBetween, dayText } from "./when.ts";
import { MARK_LABELS } from "./words.ts";

interface AsideProps {
  readonly t: Text;
  readonly catalog: Catalog;
  readonly state: PageState;
  readonly labs: readonly LabStanding[];
  readonly minutesPassed: number;
  readonly minutes: number;
}

function Figures({ t, catalog, labs, minutesPassed, minutes }: Omit<AsideProps, "state">) {
  const passes = labs.flatMap(({ pass }) => pass ?? []);
  const coming = labs.filter(({ lab }) => !labOf(catalog, lab)?.ready).length;
  const sum = t("{n} of {all}", { n: labs.filter(isDone).length, all: labs.length });
  // A mark that none of these labs asks for is no zero.
  const asked = new Set(labs.flatMap(({ lab }) => labOf(catalog, lab)?.asks ?? []));
  const marks = MARK_LABELS.map(([mark, label]) => {
    const count = passes.filter((pass) => pass.marks[mark] === "pass").length;
    return { row: [t(label), count] as const, shown: asked.has(mark) || count > 0 };
  });
  const extra = passes.reduce((sum, pass) => sum + pass.extra, 0);
  const rows: readonly (readonly [string, string | number])[] = [
    [t("Labs passed"), coming > 0 ? t("{sum}, {n} to come", { sum, n: coming }) : sum],
    [t("Lab minutes behind you"), t("{n} of {all}", { n: minutesPassed, all: minutes })],
    ...marks.flatMap(({ row, shown }) => (shown ? [row] : [])),
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
  const ahead = reviews(results).filter(({ dueAt }) => dueAt > now);
  // Two of a day come back on one day.
  const next = ahead.filter(({ dueAt }) => daysBetween(ahead[0]?.dueAt ?? dueAt, dueAt) === 0);
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
      {ready.length === 0 &&
        next.map(({ lab, dueAt }) => (
          <p>
            {t("{lab} comes back {day}, with new names and values.", {
              lab: title(lab),
              day: aheadText(t, dueAt, now),
            })}
          </p>
        ))}
      {ready.length === 0 && next.length === 0 && (
        <p>{t("Two labs of each day come back after 1, 7 and 30 days, with new names and values.")}</p>
      )}
    </section>
  );
}

export function Aside(props: AsideProps) {
  const { t, catalog, state, labs } = props;
  return (
    <aside class="standing" aria-label={t("Progress")}>
      <Figures {...props} />
      <Due t={t} catalog={catalog} state={state} />
      {labs.some((lab) => !isDone(lab) && lab.state !== "to-come") && (
        <section aria-labelledby="skip">
          <h2 id="skip">{t("Skip what you know")}</h2>
          <p>
            {t("Eight labs that you play without hints. What you pass counts, and covers easier labs.")}{" "}
            <a href={addressIn(t.language, "/placement/")}>{t("Take the placement check")}</a>
          </p>
        </section>
      )}
      <SetAside t={t} catalog={catalog} state={state} />
      <TakeAlong t={t} catalog={catalog} state={state} />
    </aside>
  );
}
