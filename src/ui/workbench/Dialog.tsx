import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Modal; the element with `data-safe` gets the focus. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>("[data-safe]")?.focus();
    return () => element?.close();
  }, []);
  // The browser tells of a closed dialog a moment later: one that is gone must not close what was opened since.
  const ended = () => dialog.current && onClose();
  return (
    <dialog ref={dialog} class="dialog" aria-label={title} onCancel={ended} onClose={ended}>
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}
