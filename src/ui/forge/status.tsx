/** How a run, job, step or check stands: a shape and a word, never colour alone. */
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";

export type Standing =
  "success" | "failure" | "running" | "queued" | "skipped" | "waiting" | "cancelled" | "neutral";

/** From GitHub's two fields. */
export function standing(status: string | null | undefined, conclusion: string | null | undefined): Standing {
  if (status === "waiting" || conclusion === "action_required") return "waiting";
  if (status === "in_progress") return "running";
  if (status !== "completed" && status !== "success" && status !== "failure" && !conclusion) return "queued";
  const ended = conclusion ?? status;
  if (ended === "success") return "success";
  if (ended === "skipped") return "skipped";
  if (ended === "cancelled") return "cancelled";
  if (ended === "neutral") return "neutral";
  return "failure";
}

const WORDS: Readonly<Record<Standing, string>> = {
  success: said("succeeded"),
  failure: said("failed"),
  running: said("in progress"),
  queued: said("queued"),
  skipped: said("skipped"),
  waiting: said("waits for approval"),
  cancelled: said("cancelled"),
  neutral: said("neutral"),
};

export function standingWord(of: Standing): string {
  return WORDS[of];
}

/** Tick disc, filled octagon ×, half disc, ring, slashed ring, lock: on a 14 px grid. */
export function StandingGlyph({ of }: { readonly of: Standing }) {
  const t = useText();
  return (
    <svg
      class="standing"
      data-standing={of}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      role="img"
      aria-label={t(WORDS[of])}
    >
      {of === "success" && (
        <>
          <circle class="fill" cx="7" cy="7" r="6.5" />
          <path class="cut" d="M4 7.2l2.1 2.1L10 5" />
        </>
      )}
      {of === "failure" && (
        <>
          <path class="fill" d="M4.3.5h5.4l3.8 3.8v5.4l-3.8 3.8H4.3L.5 9.7V4.3z" />
          <path class="cut" d="M4.7 4.7l4.6 4.6M9.3 4.7L4.7 9.3" />
        </>
      )}
      {of === "running" && (
        <>
          <circle class="ring" cx="7" cy="7" r="5.8" />
          <path class="fill" d="M7 1.2a5.8 5.8 0 010 11.6z" />
        </>
      )}
      {(of === "queued" || of === "neutral") && <circle class="ring" cx="7" cy="7" r="5.8" />}
      {(of === "skipped" || of === "cancelled") && (
        <>
          <circle class="ring" cx="7" cy="7" r="5.8" />
          <path class="ring" d="M3 11L11 3" />
        </>
      )}
      {of === "waiting" && (
        <>
          <path class="ring" d="M4.5 6V4.5a2.5 2.5 0 015 0V6" />
          <path class="fill" d="M2.5 6h9v7h-9z" />
        </>
      )}
    </svg>
  );
}
