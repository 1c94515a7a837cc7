import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** Width of an element in pixels, as it changes; a usual one until it is known. */
export function useWidth(usual = 800): readonly [RefObject<HTMLDivElement>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(usual);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const follow = new ResizeObserver(([entry]) => {
      const now = Math.round(entry?.contentRect.width ?? 0);
      if (now > 0) setWidth(now);
    });
    follow.observe(element);
    return () => follow.disconnect();
  }, []);
  return [ref, width];
}
