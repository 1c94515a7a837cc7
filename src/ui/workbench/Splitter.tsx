import { useRef } from "preact/hooks";

interface SplitterProps {
  readonly label: string;
  /** The rule's own direction: a vertical one parts columns. */
  readonly orientation: "vertical" | "horizontal";
  readonly controls: string;
  /** Pixels of the panel before the rule (or after it, with `reversed`). */
  readonly value: number;
  readonly min: number;
  readonly max: () => number;
  readonly reversed?: boolean;
  readonly onChange: (pixels: number) => void;
  readonly onReset: () => void;
}

const STEP = 16;

/** Arrow keys move 16 px, with Shift 64; Home and End go to the limits; Enter folds and unfolds; double-click restores. */
export function Splitter(props: SplitterProps) {
  const { orientation, value, min, reversed = false, onChange, onReset } = props;
  const unfolded = useRef<number | null>(null);
  const vertical = orientation === "vertical";
  const sign = reversed ? -1 : 1;
  const set = (pixels: number) => onChange(Math.round(Math.min(props.max(), Math.max(min, pixels))));
  const fold = () => {
    if (unfolded.current === null) {
      unfolded.current = value;
      onChange(0);
    } else {
      onChange(unfolded.current);
      unfolded.current = null;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const back = vertical ? "ArrowLeft" : "ArrowUp";
    const forth = vertical ? "ArrowRight" : "ArrowDown";
    const step = (event.shiftKey ? 4 : 1) * STEP * sign;
    if (event.key === back) set(value - step);
    else if (event.key === forth) set(value + step);
    else if (event.key === "Home") set(min);
    else if (event.key === "End") set(props.max());
    else if (event.key === "Enter") fold();
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent) => {
    const rule = event.currentTarget as HTMLElement;
    const start = vertical ? event.clientX : event.clientY;
    rule.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) =>
      set(value + sign * ((vertical ? moved.clientX : moved.clientY) - start));
    const stop = () => {
      rule.removeEventListener("pointermove", move);
      rule.removeEventListener("pointerup", stop);
      rule.removeEventListener("pointercancel", stop);
    };
    rule.addEventListener("pointermove", move);
    rule.addEventListener("pointerup", stop);
    rule.addEventListener("pointercancel", stop);
  };
  return (
    <div
      class={`splitter ${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-controls={props.controls}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={Math.max(value, 2000)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onDblClick={onReset}
    >
      <span class="grip" />
    </div>
  );
}
