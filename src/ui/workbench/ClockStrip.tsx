/**
 * The clock: what time it is in the lab, that it waits, what is known to come, and the timeline. Labs in which somebody
 * acts against the clock have the tall one.
 */
import { OfflineBadge } from "../offline/OfflineBadge.tsx";
import { langOf } from "../prose/translated.ts";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { useBench } from "./bench.ts";
import { healthWords, MiniHealth } from "./Health.tsx";
import { Icon } from "./Icon.tsx";
import { Panel } from "./Panel.tsx";
import { CalmTimeline, RaceTimeline, TimelineList } from "./Timeline.tsx";
import { clockText, commandsUntil } from "./timescale.ts";
import { useTimeline, type ShownTimeline } from "./use-timeline.ts";

const SAVED = {
  saved: said("Saved in this browser"),
  blocked: said("Not saved"),
  full: said("Newest part not saved"),
  evicted: said("Saved again"),
} as const;

function SavedBadge() {
  const { session } = useBench();
  const t = useText();
  const state = session.storage.value ?? "saved";
  const good = state === "saved" || state === "evicted";
  if (state === "saved") return <OfflineBadge otherwise={t(SAVED.saved)} />;
  return (
    <div class="badge" data-tone={good ? "plain" : "notyet"}>
      <Icon name={good ? "saved" : "warn"} />
      <strong>{t(SAVED[state])}</strong>
    </div>
  );
}

function headAndRest(text: string): readonly [string, string] {
  const [head = "", ...rest] = text.split(/\n+|(?<=\.)\s+/);
  return [head.replace(/\.$/, ""), rest.join(" ").replace(/\.$/, "")];
}

/** Below this the countdown has a frame. */
const URGENT_MS = 60_000;

/** Counts down to what the learner knows of; hidden events never appear. */
function Countdown() {
  const { session } = useBench();
  const t = useText();
  const next = session.view.value?.ahead[0];
  if (!next) return null;
  const left = next.atMs - session.clockMs.value;
  const urgent = left < URGENT_MS;
  const commands = commandsUntil(left);
  return (
    <div class="ahead" data-urgent={urgent}>
      <strong>{t("Next known event")}</strong>
      <span class="ahead-time">{t("in {time}", { time: clockText(left) })}</span>
      <span class="ahead-what">
        {t.many(commands, "{what}, in {n} command", "{what}, in {n} commands", { what: next.what })}
      </span>
    </div>
  );
}

/** The lab's own line, while nothing is known to come. */
function Calm() {
  const { page } = useBench();
  const [head, rest] = headAndRest(page.ahead);
  return (
    <div class="ahead" data-urgent="false" lang={langOf(page, "ahead")}>
      <strong>{head}</strong>
      <span class="ahead-what">{rest}</span>
    </div>
  );
}

function Ahead() {
  const { session } = useBench();
  return session.view.value?.ahead[0] ? <Countdown /> : <Calm />;
}

function TextSwitch() {
  const { feedback } = useBench();
  const t = useText();
  const open = feedback.timelineText.value;
  return (
    <button
      type="button"
      class="quiet text-switch"
      aria-expanded={open}
      aria-controls="timeline-text"
      onClick={() => (feedback.timelineText.value = !open)}
    >
      {open ? t("Graph") : t("Text view")}
    </button>
  );
}

/** The list is always there for who cannot see the picture; the switch shows it to everybody. */
function TextView({ shown }: { readonly shown: ShownTimeline }) {
  const { feedback } = useBench();
  const t = useText();
  const open = feedback.timelineText.value;
  const close = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    feedback.timelineText.value = false;
    document.querySelector<HTMLElement>(".text-switch")?.focus();
  };
  return (
    <div
      id="timeline-text"
      class={open ? "timeline-text" : "sr-only"}
      tabIndex={open ? 0 : undefined}
      role={open ? "group" : undefined}
      aria-label={open ? t("Timeline as text") : undefined}
      onKeyDown={close}
    >
      {open && <TextExtras shown={shown} />}
      <TimelineList items={shown.items} nowMs={shown.nowMs} />
    </div>
  );
}

/** What the rows of the picture say beside the events. */
function TextExtras({ shown: { bands, health, startMs } }: { readonly shown: ShownTimeline }) {
  const t = useText();
  return (
    <>
      {bands.map(({ key, name, fromMs, toMs }) => (
        <p class="text-extra" key={key}>
          {toMs === null
            ? t("{name} works since T+{from}.", { name, from: clockText(fromMs) })
            : t("{name} worked from T+{from} to T+{to}.", {
                name,
                from: clockText(fromMs),
                to: clockText(toMs),
              })}
        </p>
      ))}
      {health.map((it) => (
        <p class="text-extra" key={it.service}>
          {it.service}: {healthWords(t, it, startMs)}
        </p>
      ))}
    </>
  );
}

function Time({ nowMs }: { readonly nowMs: number }) {
  const t = useText();
  return (
    <div class="clock">
      <span class="clock-time">T+{clockText(nowMs)}</span>
      <span class="clock-note">{t("moves only when you act")}</span>
    </div>
  );
}

export function ClockStrip() {
  const { page, feedback } = useBench();
  const shown = useTimeline();
  const whole = feedback.celebrates.value;
  const race = page.layout === "incident";
  return (
    <Panel id="clock" class={race ? "clock-strip race" : "clock-strip"}>
      {race ? (
        <>
          <div class="race-clock">
            <Time nowMs={shown.nowMs} />
            <TextSwitch />
            <Ahead />
          </div>
          <RaceTimeline {...shown} whole={whole} />
        </>
      ) : (
        <>
          <Time nowMs={shown.nowMs} />
          <CalmTimeline items={shown.items} nowMs={shown.nowMs} whole={whole} />
          <TextSwitch />
          <Ahead />
          {shown.health.slice(0, 1).map((it) => (
            <MiniHealth key={it.service} health={it} startMs={shown.startMs} nowMs={shown.nowMs} />
          ))}
        </>
      )}
      <TextView shown={shown} />
      <SavedBadge />
    </Panel>
  );
}
