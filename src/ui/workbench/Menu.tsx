import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly glyph?: ComponentChildren;
  readonly current?: boolean;
  readonly disabled?: boolean;
  /** A line above it: another group begins. */
  readonly rule?: boolean;
}

interface MenuProps {
  readonly trigger: ComponentChildren;
  readonly items: readonly MenuItem[];
}

export function Menu({ trigger, items }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const entries = () => [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  useEffect(() => {
    if (!open) return;
    entries()[0]?.focus();
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = entries();
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape" || event.key === "Tab") close();
    if (event.key === "Escape" || step !== 0) event.preventDefault();
    if (step !== 0)
      all[(all.indexOf(document.activeElement as HTMLElement) + step + all.length) % all.length]?.focus();
  };
  return (
    <div class="menu" ref={root}>
      <button
        type="button"
        class="quiet"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open}

        onClick={() => setOpen(!open)}
      >
        {trigger}
      </button>
      {open && (
        <div class="popover" role="menu" onKeyDown={onKeyDown}>
          {items.map((item) => (
            <>
              {item.rule && <hr class="menu-rule" />}
              <button
                type="button"
                role="menuitem"
                class={item.glyph ? "menu-row" : undefined}
                tabIndex={-1}
                aria-current={item.current ? "true" : undefined}
                aria-disabled={item.disabled ? "true" : undefined}
                onClick={() => {
                  if (item.disabled) return;
                  close();
                  item.run();
                }}
              >
                {item.glyph}
                {item.label}
              </button>
            </>
          ))}
        </div>
      )}
    </div>
  );
}
