/**
 * The two strokes of the whole interface: a frame where the engine found a copy, a disc where the trace did. Where the
 * value opens nothing any more the disc is a ring, and a stroke goes through it.
 */

export type Found = "engine" | "trace" | "both";

interface MarkProps {
  readonly found: Found;
  readonly off?: boolean;
  readonly label?: string;
}

export function Mark({ found, off = false, label }: MarkProps) {
  return (
    <svg
      class="mark"
      data-off={off}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : "true"}
    >
      {found !== "trace" && (
        <rect
          x="0.75"
          y="0.75"
          width="12.5"
          height="12.5"
          fill="none"
          stroke="currentColor"
          stroke-width="1.5"
        />
      )}
      {found !== "engine" && <Disc radius={found === "both" ? 3.2 : 4.2} off={off} />}
      {off && <path d="M2.6 11.4l8.8-8.8" stroke="currentColor" stroke-width="1.5" />}
    </svg>
  );
}

function Disc({ radius, off }: { readonly radius: number; readonly off: boolean }) {
  return off ? (
    <circle cx="7" cy="7" r={radius - 0.4} fill="none" stroke="currentColor" stroke-width="1.5" />
  ) : (
    <circle cx="7" cy="7" r={radius} fill="currentColor" />
  );
}

/** Out of reach: nobody can search there. */
export function Hatch() {
  return (
    <svg class="mark" data-off="true" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <path d="M1 9l8-8M3 13L13 3M9 13l4-4" stroke="currentColor" stroke-width="1.5" />
    </svg>
  );
}
