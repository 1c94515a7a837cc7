/** How a service answered, as a line over lab time: level while all is well, a step down for what failed. */
import type { HealthView } from "../../worker/protocol.ts";
import { useText } from "../text/context.ts";
import type { Text } from "../text/text.ts";
import { clockText, percent, textWidth, type Timescale } from "./timescale.ts";

const HEIGHT = 18;
const TOP = 3;
const FLOOR = HEIGHT - 3;

/** "100 % served, 6 requests a second" */
export function healthWords(
  t: Text,
  { requests, failed, load, outages }: HealthView,
  startMs: number,
): string {
  const last = outages.at(-1);
  if (last?.toMs === null && last.failed === last.requests)
    return t("down, {n} requests failed", { n: failed });
  const served = requests === 0 ? 100 : Math.floor((1000 * (requests - failed)) / requests) / 10;
  if (last?.toMs === null)
    return t("{percent} % served, since T+{time}", {
      percent: served,
      time: clockText(last.fromMs - startMs),
    });
  return t("{percent} % served, {load} requests a second", { percent: served, load });
}

function levelOf({ requests, failed }: HealthView["outages"][number]): number {
  return TOP + (FLOOR - TOP) * (requests === 0 ? 0 : failed / requests);
}

interface HealthProps {
  readonly health: HealthView;
  readonly scale: Timescale;
  readonly startMs: number;
  readonly nowMs: number;
  readonly width: number;
}

function HealthLine({ health, scale, startMs, nowMs, width }: HealthProps) {
  const x = (ms: number) => (scale.at(ms) * width).toFixed(1);
  const spans = health.outages.map((it) => ({
    from: it.fromMs - startMs,
    to: (it.toMs ?? nowMs + startMs) - startMs,
    y: levelOf(it).toFixed(1),
    floor: it.failed === it.requests,
    back: it.toMs === null ? "" : `V${TOP}`,
  }));
  const steps = spans.map(({ from, to, y, back }) => `H${x(from)}V${y}H${x(to)}${back}`);
  return (
    <svg class="served-line" data-ok={health.failed === 0} width={width} height={HEIGHT} aria-hidden="true">
      <path d={`M0 ${TOP}${steps.join("")}H${x(nowMs)}`} />
      {spans.map(
        ({ from, to, y, floor }) =>
          floor && <path key={from} class="floor" d={`M${x(from)} ${y}H${x(to)}`} />,
      )}
    </svg>
  );
}

export function Health(props: HealthProps) {
  const t = useText();
  const { health, scale, startMs, nowMs, width } = props;
  const words = healthWords(t, health, startMs);
  const side = (1 - scale.at(nowMs)) * width > textWidth(words) + 20 ? "right" : "left";
  return (
    <>
      <HealthLine {...props} />
      <span class="event-label" data-side={side} data-row="0" style={{ left: percent(scale.at(nowMs)) }}>
        {words}
      </span>
    </>
  );
}

/** In the calm strip: name and share over a small line of its own. */
export function MiniHealth({ health, startMs, nowMs }: Omit<HealthProps, "scale" | "width">) {
  const t = useText();
  const whole = Math.max(1, nowMs);
  const scale = { at: (ms: number) => Math.min(1, ms / whole) } as Timescale;
  const served =
    health.requests === 0 ? 100 : Math.floor((100 * (health.requests - health.failed)) / health.requests);
  return (
    <div class="mini-health" title={healthWords(t, health, startMs)}>
      <strong>{t("{service} {percent} %", { service: health.service, percent: served })}</strong>
      <HealthLine health={health} scale={scale} startMs={startMs} nowMs={whole} width={120} />
    </div>
  );
}
