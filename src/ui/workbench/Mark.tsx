/** The two strokes of the whole interface: a frame where the engine found a copy, a disc where the trace did. */

export type Found = "engine" | "trace" | "both";

export function Mark({ found, label }: { readonly found: Found; readonly label?: string }) {
  return (
    <svg
      class="mark"
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
      {found !== "engine" && <circle cx="7" cy="7" r={found === "both" ? 3.2 : 4.2} fill="currentColor" />}
    </svg>
  );
}
