/** A path's minutes on a line: done, begun as far as checks pass, to come dashed. The table says the same in words. */
import { labOf, type Catalog, type CatalogPath } from "./catalog.ts";
import type { LabStanding } from "./standing.ts";
import { StateGlyph } from "./StateGlyph.tsx";

/** Minutes between two ticks; a path of an hour has more of them. */
const tickOf = (total: number): number => (total > 60 ? 30 : 10);

interface ScaleProps {
  readonly catalog: Catalog;
  readonly path: CatalogPath;
  readonly labs: readonly LabStanding[];
  readonly axis?: boolean;
  readonly minuteWord: string;
}

function share({ state, checks }: LabStanding): number {
  return state !== "begun" || !checks || checks.asked === 0 ? 0 : checks.passed / checks.asked;
}

export function Scale({ catalog, path, labs, axis = true, minuteWord }: ScaleProps) {
  const total = path.parts.reduce((sum, { minutes }) => sum + minutes, 0);
  const percent = (minutes: number) => `${((100 * minutes) / total).toFixed(3)}%`;
  const tick = tickOf(total);
  const ticks = Array.from({ length: Math.floor((total - 8) / tick) + 1 }, (_, i) => i * tick);
  return (
    <div class="path-scale" aria-hidden="true">
      <div class="path-parts">
        {path.parts.map((part) => {
          if (part.kind === "talk")
            return <span class="path-part" data-state="talk" style={{ width: percent(part.minutes) }} />;
          const standing = labs.find(({ lab }) => lab === part.id);
          if (!standing) return null;
          const state = labOf(catalog, part.id)?.ready ? standing.state : "to-come";
          return (
            <span class="path-part" data-state={state} style={{ width: percent(part.minutes) }}>
              {state === "begun" && <i style={{ width: `${100 * share(standing)}%` }} />}
              {(state === "passed" || state === "begun" || state === "covered") && (
                <StateGlyph state={state} />
              )}
              <b>{labs.indexOf(standing) + 1}</b>
            </span>
          );
        })}
      </div>
      {axis && (
        <div class="path-axis">
          {ticks.map((minute) => (
            <span style={{ left: percent(minute) }}>{minute === 0 ? `0 ${minuteWord}` : minute}</span>
          ))}
        </div>
      )}
    </div>
  );
}
