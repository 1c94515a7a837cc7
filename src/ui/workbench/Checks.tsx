import { Fragment } from "preact";
import type { CheckResult, Mark, Verdict } from "../../worker/protocol.ts";
import type { LabPage } from "../../worker/protocol.ts";
import { useBench } from "./bench.ts";
import { readDebrief } from "./commands.ts";
import { DiagnosisCard } from "./Diagnosis.tsx";
import { Panel } from "./Panel.tsx";
import { VerdictGlyph, type Shown } from "./VerdictGlyph.tsx";

const COLUMNS: readonly (readonly [Mark, string])[] = [
  ["contained", "Contained"],
  ["clean", "Clean"],
  ["continuous", "Continuous"],
  ["prevented", "Prevented"],
];

const WORDS: Readonly<Record<Shown, string>> = {
  pass: "passes",
  fail: "fails",
  unconfirmed: "unconfirmed",
  "not-yet": "not yet",
  extra: "extra",
  checking: "checking",
};

type PageCheck = LabPage["checks"][number];

/** A check that fails without a place to point at has not been reached yet. */
function shownAs(check: PageCheck, result: CheckResult | undefined, named: boolean): Shown {
  const verdict: Verdict | undefined = result?.verdict;
  if (!result || verdict === undefined) return check.required ? "not-yet" : "extra";
  if (verdict !== "fail") return verdict;
  if (!check.required) return "extra";
  return result.places > 0 || named ? "fail" : "not-yet";
}

function MarksRow({ results }: { readonly results: readonly CheckResult[] }) {
  const { page } = useBench();
  return (
    <dl class="marks">
      {COLUMNS.map(([mark, name]) => {
        const asked = page.checks.filter((check) => check.mark === mark && check.required);
        const passing = asked.filter(
          ({ id }) => results.find((result) => result.id === id)?.verdict === "pass",
        );
        return (
          <div data-asked={asked.length > 0}>
            <dt>{name}</dt>
            <dd>{asked.length === 0 ? "not asked" : `${passing.length} of ${asked.length}`}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function CheckRow({ check }: { readonly check: PageCheck }) {
  const { session, diagnoses } = useBench();
  const result = session.grade.value?.checks.find(({ id }) => id === check.id);
  const mine = diagnoses.value.filter(({ diagnosis }) => diagnosis.check === check.id);
  const shown = session.checking.value ? "checking" : shownAs(check, result, mine.length > 0);
  return (
    <li class="check" data-shown={shown} id={`check-${check.id}`}>
      <div class="check-row">
        <VerdictGlyph shown={shown} />
        <span class="check-title">{check.title}</span>
        <span class="verdict">{WORDS[shown]}</span>
      </div>
      {!session.checking.value && result && result.places > result.evidence.length && (
        <p class="withheld">
          {result.places - result.evidence.length === 1
            ? "One place"
            : `${result.places - result.evidence.length} places`}
          ; finding
          {result.places - result.evidence.length === 1 ? " it" : " them"} is part of the task.
        </p>
      )}
      {mine.map((item) => (
        <DiagnosisCard item={item} />
      ))}
    </li>
  );
}

export function Checks() {
  const bench = useBench();
  const grade = bench.session.grade.value;
  const results = grade?.checks ?? [];
  const required = bench.page.checks.filter((check) => check.required);
  const passing = required.filter(({ id }) => results.find((result) => result.id === id)?.verdict === "pass");
  return (
    <Panel id="checks" class="checks">
      <div class="checks-head">
        <h2>Checks</h2>
        <span class="sum">
          {passing.length} of {required.length} pass
        </span>
        <span class="segments" aria-hidden="true">
          {required.map((_, i) => (
            <i data-on={i < passing.length} />
          ))}
        </span>
      </div>
      <div class="scroll" data-focus tabIndex={0} role="group" aria-label="Checks">
        <MarksRow results={results} />
        {grade?.passed && (
          <p class="passed">
            <button type="button" class="button primary" onClick={() => readDebrief(bench)}>
              Read the debrief
            </button>
          </p>
        )}
        <ul class="check-list">
          {bench.page.checks.map((check) => (
            <Fragment key={check.id}>
              <CheckRow check={check} />
            </Fragment>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
