/** After passing: the learner's own run beside the real one, what it says, and what to take home. */
import { useEffect, useRef } from "preact/hooks";
import { gradeIn } from "../prose/translated.ts";
import { langOf } from "../prose/translated.ts";
import { Markdown, inline } from "../prose/markdown.tsx";
import { NextLab } from "../progress/PathPlace.tsx";
import { addressIn } from "../text/address.ts";
import { useText } from "../text/context.ts";
import type { Grade, IncidentView } from "../../worker/protocol.ts";
import { useBench, type Bench } from "../workbench/bench.ts";
import { saveAttempt } from "../workbench/commands.ts";
import { EventGlyph } from "../workbench/EventGlyph.tsx";
import { hasPassed } from "../workbench/feedback.ts";
import { learnAftermath } from "../workbench/follow-feedback.ts";
import { Icon } from "../workbench/Icon.tsx";
import { eventItem, inOrder, keyBands, type TimelineItem } from "../workbench/timeline-items.ts";
import { clockText } from "../workbench/timescale.ts";
import { useTimeline } from "../workbench/use-timeline.ts";
import { Cards, sizeText } from "./Cards.tsx";
import { DebriefTimeline } from "./DebriefTimeline.tsx";
import { MarksRow } from "./MarksRow.tsx";
import { Question } from "./Question.tsx";
import { beside, kindOf } from "./real-run.ts";

/** This attempt has passed, or another one in this browser did. */
export function isUnlocked(bench: Bench): boolean {
  const { page, session, feedback, progress } = bench;
  if (session.grade.value?.passed || hasPassed(feedback)) return true;
  return progress.kept.value.results.some(({ lab, passed }) => lab === page.id && passed);
}

function BackButton() {
  const bench = useBench();
  const t = useText();
  return (
    <button type="button" class="quiet" onClick={() => (bench.story.value = "brief")}>
      <Icon name="chevronLeft" /> {t("Back to the lab")}
    </button>
  );
}

function Locked() {
  const t = useText();
  const { page } = useBench();
  return (
    <div class="debrief-head">
      <p class="debrief-of">{t("Debrief of {title}", { title: page.title })}</p>
      <h2 class="debrief-title">{t("The debrief opens when all checks pass.")}</h2>
      <BackButton />
    </div>
  );
}

function headline(bench: Bench, grade: Grade | null): string {
  const { t } = bench;
  if (!grade?.passed) return bench.page.title;
  const n = grade.checks.filter((check) => check.required).length;
  const all = t.many(n, "The check passes.", "All {n} checks pass.");
  return grade.marks.contained === "pass" ? `${t("Contained.")} ${all}` : all;
}

function Next() {
  const t = useText();
  const { page, progress } = useBench();
  if (progress.path.value !== null) return <NextLab />;
  return (
    <a class="next-lab" href={addressIn(t.language, `/modules/${page.module}/`)}>
      {t("More labs of this module")} <Icon name="chevronRight" />
    </a>
  );
}

function Head({ grade }: { readonly grade: Grade | null }) {
  const bench = useBench();
  const t = useText();
  return (
    <div class="debrief-head">
      <div class="debrief-bar">
        <p class="debrief-of">{t("Debrief of {title}", { title: bench.page.title })}</p>
        <BackButton />
      </div>
      <div class="debrief-bar">
        <h2 class="debrief-title">{headline(bench, grade)}</h2>
        <Next />
      </div>
      {grade && <MarksRow checks={grade.checks} />}
      {grade && !grade.passed && (
        <p class="card-note">{t("This attempt has not passed. An earlier one in this browser did.")}</p>
      )}
    </div>
  );
}

/** The learner's timeline with everything that was hidden while they played. */
function useWholeRun() {
  const { feedback, session } = useBench();
  const own = useTimeline();
  const aftermath = feedback.aftermath.value;
  if (!aftermath) return own;
  const mine = own.items.filter(({ kind }) => kind === "act" || kind === "checks" || kind === "run");
  const others = aftermath.events
    .filter(({ who, by }) => who !== "you" && !(who === "forge" && by === "learner"))
    .map((event, i): TimelineItem => eventItem(event, i, own.startMs));
  const asked = new Set((session.view.value?.keys ?? []).flatMap(({ id, known }) => (known ? [id] : [])));
  const keys = aftermath.keys.filter(
    ({ id, made, worked }) => made || asked.has(id) || worked.at(-1)?.toMs !== null,
  );
  return {
    ...own,
    items: inOrder([...mine, ...others]),
    bands: keyBands(keys, own.startMs),
  };
}

function Timelines() {
  const t = useText();
  const { page } = useBench();
  const run = useWholeRun();
  const { comparable, dated } = beside(page.incidents ?? []);
  const n = Math.max(1, Math.round(run.nowMs / 60_000));
  return (
    <section class="debrief-timelines" aria-labelledby="timelines-title">
      <h2 id="timelines-title">
        {comparable
          ? t.many(n, "Your {n} minute beside the real ones", "Your {n} minutes beside the real ones")
          : t.many(n, "Your {n} minute", "Your {n} minutes")}
      </h2>
      <DebriefTimeline items={run.items} bands={run.bands} nowMs={run.nowMs} real={comparable} />
      {dated.map((incident) => (
        <Dated key={incident.id} incident={incident} />
      ))}
    </section>
  );
}

/** An incident that went on for days has a scale of its own. */
function Dated({ incident: { title, timeline } }: { readonly incident: IncidentView }) {
  return (
    <div class="dated">
      <h3>{title}</h3>
      <ol>
        {timeline.map(({ at, who, what }) => (
          <li key={`${at} ${what}`}>
            <span class="dated-at">{at}</span>
            <EventGlyph kind={kindOf(who)} />
            <span>{what}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Turns() {
  const t = useText();
  const { feedback } = useBench();
  const turns = feedback.turns.value;
  if (turns.length === 0) return null;
  return (
    <section aria-labelledby="turns-title">
      <h2 id="turns-title">{t("The turns you took")}</h2>
      <ol class="turns">
        {turns.map(({ atMs, first, passed, passing, asked }, i) => (
          <li key={i}>
            <span class="turn-time">T+{clockText(atMs)}</span>
            <span>
              {passed
                ? t("All checks pass.")
                : first !== null
                  ? inline(first)
                  : t("{n} of {all} pass", { n: passing, all: asked })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Hints() {
  const t = useText();
  const { page } = useBench();
  if (page.hints.length === 0) return null;
  return (
    <section aria-labelledby="worked-title">
      <h2 id="worked-title">{t("The hints, as a worked example")}</h2>
      {page.hints.map((hint, i) => (
        <details class="worked" key={i}>
          <summary>{t("Hint {n}", { n: i + 1 })}</summary>
          <div class="prose" lang={langOf(page, "hints")}>
            <Markdown text={hint} top={3} />
          </div>
        </details>
      ))}
    </section>
  );
}

function Sources() {
  const t = useText();
  const { page } = useBench();
  const sources = (page.incidents ?? []).flatMap((incident) => incident.sources);
  if (sources.length === 0) return null;
  return (
    <section aria-labelledby="sources-title">
      <h2 id="sources-title">{t("Read the real ones")}</h2>
      <ul class="sources">
        {sources.map(({ title, url }) => (
          <li key={url}>
            <a href={url} rel="noreferrer">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Attempt() {
  const bench = useBench();
  const t = useText();
  const { session } = bench;
  const n = session.entries.value.length;
  const text = session.attemptFile()?.text ?? "";
  const size = sizeText(new TextEncoder().encode(text).length);
  return (
    <p class="debrief-attempt">
      {t.many(
        n,
        "This attempt: {n} input, {size}, anyone can replay it.",
        "This attempt: {n} inputs, {size}, anyone can replay it.",
        { size },
      )}{" "}
      <button type="button" class="link-button" onClick={() => saveAttempt(bench)}>
        {t("Download the attempt file")}
      </button>
    </p>
  );
}

function Story() {
  const t = useText();
  const { page } = useBench();
  return (
    <section aria-labelledby="story-title">
      <h2 id="story-title">{t("What the run says")}</h2>
      <div class="prose" lang={langOf(page, "debrief")}>
        <Markdown text={page.debrief} top={3} />
      </div>
    </section>
  );
}

/** A pass of an earlier visit is graded again: the timeline and the marks are of the world as it stands. */
function useFreshGrade(bench: Bench, unlocked: boolean): void {
  const { session } = bench;
  const ready = session.phase.value.at === "ready";
  useEffect(() => {
    if (!unlocked || !ready) return;
    if (!session.grade.value) void session.check();
    void learnAftermath(bench);
  }, [unlocked, ready]);
}

export function Debrief() {
  const bench = useBench();
  const t = useText();
  const main = useRef<HTMLElement>(null);
  const unlocked = isUnlocked(bench);
  const grade = bench.session.grade.value;
  useFreshGrade(bench, unlocked);
  useEffect(() => main.current?.focus(), []);
  return (
    <main class="debrief" id="debrief" ref={main} tabIndex={-1} aria-label={t("Debrief")}>
      {!unlocked ? (
        <Locked />
      ) : (
        <>
          <Head grade={grade && gradeIn(bench.page, grade)} />
          <div class="debrief-body">
            <Timelines />
            <div class="debrief-columns">
              <div>
                <Story />
                <Turns />
                <Hints />
                <Sources />
              </div>
              <div>
                <Cards />
                <Question />
                <Attempt />
              </div>
            </div>
          </div>
        </>
      )}
    </main>
  );
}
