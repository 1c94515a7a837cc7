/** One service: its name, a line over time, and how it fares in words. */
import { labTime } from "../forge/looking.ts";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { healthWords, sparkline, type Health } from "./health.ts";

const HEIGHT = 14;

export function HealthRow({ health, width = 94 }: { readonly health: Health; readonly width?: number }) {
  const bench = useBench();
  const t = useText();
  return (
    <p class="health-row" data-state={health.state}>
      <strong>{health.name}</strong>
      <HealthLine health={health} width={width} />
      <span>{healthWords(t, health, (iso) => labTime(bench, iso))}</span>
    </p>
  );
}

/** Nobody answered is a thick dashed floor: seen without colour. */
export function HealthLine({ health, width }: { readonly health: Health; readonly width: number }) {
  const { line, floors } = sparkline(health, width, HEIGHT);
  return (
    <svg
      class="health-line"
      data-state={health.state}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      aria-hidden="true"
    >
      <path d={line} />
      {floors.map(({ from, to }) => (
        <path key={from} class="health-floor" d={`M${from} ${HEIGHT - 2}L${to} ${HEIGHT - 2}`} />
      ))}
    </svg>
  );
}
