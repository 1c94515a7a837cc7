/** One shape for each who acts on a timeline, so that it survives greyscale. */
import type { ItemKind } from "./timeline-items.ts";

const SHAPES: Readonly<Record<ItemKind, string>> = {
  act: "M6 1.5l4.8 9H1.2z",
  checks: "M2 12V1.5h8.5L8.5 4.4l2 2.9H2",
  run: "M1 3.5h10v5H1z",
  forge: "M1.8 1.8h8.4v8.4H1.8z",
  colleague: "M6 1.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9z",
  provider: "M1.8 1.8h8.4v8.4H1.8z",
  attacker: "M6 .6L11.4 6 6 11.4.6 6z",
  ahead: "M6 .9L11.1 6 6 11.1.9 6z",
};

export function EventGlyph({ kind }: { readonly kind: ItemKind }) {
  return (
    <svg class="event-glyph" data-kind={kind} width="12" height="13" viewBox="0 0 12 13" aria-hidden="true">
      <path d={SHAPES[kind]} />
    </svg>
  );
}
