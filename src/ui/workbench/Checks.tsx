import { Fragment } from "preact";
import type { CheckResult, LabPage, Mark, Verdict } from "../../worker/protocol.ts";
import type { CheckRun } from "../attempt/session.ts";
import { NextLab } from "../progress/PathPlace.tsx";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { useBench, type Bench } from "./bench.ts";
import { readDebrief } from "./commands.ts";
import { DiagnosisCard } from "./Diagnosis.tsx";
import { Panel } from "./Panel.tsx";
import { clockText } from "./timescale.ts";
import { VerdictGlyph, type Shown } from "./VerdictGlyph.tsx";

const COLUMNS: readonly (readonly [Mark, string])[] = [
  ["contained", said("Contained")],
  ["clean", said("Clean")],
  ["continuous", said("Continuous")],
  ["prevented", said("Prevented")],
  ["answered", said("Answered")],
];

/** The four marks have fixed places where there is room; where the fifth is asked for, only those asked for stand. */
function columnAsked(mark: Mark, asked: number, { width, page }: Bench): boolean {
  const narrow = width.value === "middle" || width.value === "one";
  const fifth = page.checks.some((check) => check.mark === "answered" && check.required);
  return asked > 0 || (mark !== "answered" && !narrow && !fifth);
}

const WORDS: Readonly<Record<Shown, string>> = {
  pass: said("passes"),
  fail: said("fails"),
  unconfirmed: said("unconfirmed"),
  "not-yet": said("not yet"),
  extra: said("extra"),
  checking: said("checking"),
};

type PageCheck = LabPage["checks"][number];

/** The newest verdicts: of the last check run, or of the world as it is now where the page follows it. */
function useVerdicts(): CheckRun | null {
  const { session, feedback } = useBench();
  return feedback.live.value ?? session.checkRuns.value.at(-1) ?? null;
}

function passes(results: readonly CheckResult[], { id }: PageCheck): boolean {
  return results.find((result) => result.id === id)?.verdict === "pass";
}

/** A check that fails without a place to point at has not been reached yet. */
function shownAs(check: PageCheck, result: CheckResult | undefined, named: boolean): Shown {
  const verdict: Verdict | undefined = result?.verdict;
  if (!result || verdict === undefined) return check.required ? "not-yet" : "extra";
  if (verdict !== "fail") return verdict;
  if (!check.required) return "extra";
  return result.places > 0 || named ? "fail" : "not-yet";
}

function MarksRow({ results }: { readonly results: readonly CheckResult[] }) {
  const bench = useBench();
  const { page } = bench;
  const t = useText();
  return (
    <dl class="marks">
      {COLUMNS.map(([mark, name]) => {
        const asked = page.checks.filter((check) => check.mark === mark && check.required);
        const passing = asked.filter((check) => passes(results, check)).length;
        if (!columnAsked(mark, asked.length, bench)) return null;
        return (
          <div>
            <dt>{t(name)}</dt>
            <dd>
              {asked.length === 0 ? t("not asked") : t("{n} of {all}", { n: passing, all: asked.length })}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Withheld({ count }: { readonly count: number }) {
  const t = useText();
  if (count <= 0) return null;
  return (
    <p class="withheld">
      {t.many(
        count,
        "{n} place; finding it is part of the task.",
        "{n} places; finding them is part of the task.",
      )}
    </p>
  );
}

function CheckRow({ check }: { readonly check: PageCheck }) {
  const { session, diagnoses } = useBench();
  const t = useText();
  const result = useVerdicts()?.grade.checks.find(({ id }) => id === check.id);
  const told = session.grade.value?.checks.find(({ id }) => id === check.id);
  // A diagnosis leaves with the check run after it, not while somebody types.
  const mine = diagnoses.value.filter(({ diagnosis }) => diagnosis.check === check.id);
  const checking = session.checking.value;
  const shown = checking ? "checking" : shownAs(check, result, mine.length > 0);
  return (
    <li class="check" data-shown={shown} id={`check-${check.id}`}>
      <div class="check-row">
        <VerdictGlyph shown={shown} />
        <span class="check-title">{check.title}</span>
        <span class="verdict">{t(WORDS[shown])}</span>
      </div>
      {!checking && told && <Withheld count={told.places - told.evidence.length} />}
      {mine.map((item) => (
        <div class="told" data-resolved={shown === "pass"}>
          <DiagnosisCard item={item} />
          {shown === "pass" && <p class="resolved">{t("Passes now; this leaves when checks run.")}</p>}
        </div>
      ))}
    </li>
  );
}

/** What moved since the last check run, and what is still to be asked for. */
function LiveNote() {
  const { session, feedback } = useBench();
  const t = useText();
  const live = feedback.live.value;
  if (!live || session.checking.value) return null;
  const time = clockText(live.atMs - session.startMs.value);
  return (
    <p class="live-note">
      {live.grade.passed && !session.grade.value?.passed
        ? t("All pass as of T+{time}. Run the checks to finish.", { time })
        : t("Verdicts as of T+{time}. Run the checks for places and reasons.", { time })}
    </p>
  );
}

function Passed() {
  const bench = useBench();
  const t = useText();
  if (!bench.session.grade.value?.passed) return null;
  return (
    <p class="passed" data-new={bench.feedback.celebrates.value}>
      <button type="button" class="button primary" onClick={() => readDebrief(bench)}>
        {t("Read the debrief")}
      </button>
      <NextLab />
    </p>
  );
}

function Head({ results }: { readonly results: readonly CheckResult[] }) {
  const { page } = useBench();
  const t = useText();
  const required = page.checks.filter((check) => check.required);
  const passing = required.filter((check) => passes(results, check)).length;
  return (
    <div class="checks-head">
      <h2>{t("Checks")}</h2>
      <span class="sum">{t("{n} of {all} pass", { n: passing, all: required.length })}</span>
      <span class="segments" aria-hidden="true">
        {required.map((_, i) => (
          <i data-on={i < passing} />
        ))}
      </span>
    </div>
  );
}

export function Checks() {
  const { page } = useBench();
  const t = useText();
  const results = useVerdicts()?.grade.checks ?? [];
  return (
    <Panel id="checks" class="checks">
      <Head results={results} />
      <div class="scroll" data-focus tabIndex={0} role="group" aria-label={t("Checks")}>
        <MarksRow results={results} />
        <LiveNote />
        <Passed />
        <ul class="check-list">
          {page.checks.map((check) => (
            <Fragment key={check.id}>
              <CheckRow check={check} />
            </Fragment>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
