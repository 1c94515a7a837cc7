import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { useBench, type PanelId } from "../workbench/bench.ts";
import { focusPanel, reveal } from "../workbench/panels.ts";
import { STEPS } from "./steps.ts";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const CARD = { width: 344, height: 190 };
const GAP = 12;

/** Where the panel of a step is; followed while the page changes its size. */
function useBox(panel: PanelId): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const rect = document.getElementById(`panel-${panel}`)?.getBoundingClientRect();
      setBox(rect && rect.width > 0 ? rect : null);
    };
    const frame = requestAnimationFrame(measure);
    window.addEventListener("resize", measure);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("resize", measure);
    };
  }, [panel]);
  return box;
}

/** Beside the panel where there is room, else inside its corner away from the prompt; always inside the window. */
export function placeBeside(
  box: Box | null,
  window: { width: number; height: number },
): { left: number; top: number } {
  if (!box) return { left: (window.width - CARD.width) / 2, top: (window.height - CARD.height) / 2 };
  const right = box.left + box.width + GAP;
  const left = box.left - CARD.width - GAP;
  const x =
    right + CARD.width <= window.width ? right : left >= 0 ? left : box.left + box.width - CARD.width - GAP;
  const above = box.top - CARD.height - GAP;
  const wide = right + CARD.width > window.width && left < 0;
  const y = wide && above >= 0 ? above : box.top + GAP;
  const inside = (value: number, size: number, room: number) =>
    Math.max(GAP, Math.min(value, room - size - GAP));
  return { left: inside(x, CARD.width, window.width), top: inside(y, CARD.height, window.height) };
}

function Offer() {
  const { tour } = useBench();
  const t = useText();
  return (
    <aside class="tour-card tour-offer" aria-label={t("Tour")}>
      <p class="tour-title">{t("New here?")}</p>
      <p>{t("Six places, 60 seconds. You can leave at any moment.")}</p>
      <p class="tour-buttons">
        <button type="button" class="button" onClick={() => tour.leave()}>
          {t("Not now")}
        </button>
        <button type="button" class="button primary" onClick={() => tour.start()}>
          {t("Show me around")}
        </button>
      </p>
    </aside>
  );
}

function Progress({ step }: { readonly step: number }) {
  return (
    <span class="tour-progress" aria-hidden="true">
      {STEPS.map((_, i) => (
        <span key={i} data-done={i <= step} />
      ))}
    </span>
  );
}

function Step({ step }: { readonly step: number }) {
  const bench = useBench();
  const t = useText();
  const card = useRef<HTMLButtonElement>(null);
  const { panel, title, text } = STEPS[step] as (typeof STEPS)[number];
  const box = useBox(panel);
  const last = step === STEPS.length - 1;
  useEffect(() => {
    reveal(bench, panel);
    card.current?.focus();
  }, [step]);
  const leave = () => {
    bench.tour.leave();
    focusPanel(bench, last ? "terminal" : panel);
  };
  const at = placeBeside(box, { width: innerWidth, height: innerHeight });
  return (
    <>
      {box && (
        <div
          class="tour-ring"
          aria-hidden="true"
          style={{
            left: `${box.left}px`,
            top: `${box.top}px`,
            width: `${box.width}px`,
            height: `${box.height}px`,
          }}
        />
      )}
      <section
        class="tour-card"
        role="dialog"
        aria-modal="false"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        style={{ left: `${at.left}px`, top: `${at.top}px` }}
      >
        <p class="tour-step">{t("Step {n} of {all}", { n: step + 1, all: STEPS.length })}</p>
        <h2 class="tour-title" id="tour-title">
          {t(title)}
        </h2>
        <p id="tour-text">{t(text)}</p>
        <p class="tour-buttons">
          <Progress step={step} />
          <button type="button" class="quiet small" onClick={leave}>
            {t("Leave")} <kbd>Esc</kbd>
          </button>
          <button
            type="button"
            class="button primary"
            ref={card}
            onClick={() => (last ? leave() : bench.tour.go(step + 1))}
          >
            {last ? t("To the terminal") : t("Next")}
          </button>
        </p>
      </section>
    </>
  );
}

/** The offer, or the step that the tour is at. The reading state has nothing to be shown around in. */
export function TourCard() {
  const bench = useBench();
  const state = bench.tour.state.value;
  if (bench.width.value === "reading" || state.at === "off") return null;
  return state.at === "offer" ? <Offer /> : <Step step={state.step} />;
}
