import { useEffect, useState } from "preact/hooks";
import { useBench, type Toast } from "./bench.ts";
import { Icon } from "./Icon.tsx";
import { VerdictGlyph } from "./VerdictGlyph.tsx";

const STAYS_MS = 6000;

function ToastView({ toast }: { readonly toast: Toast }) {
  const bench = useBench();
  const [held, setHeld] = useState(false);
  const drop = () => (bench.toasts.value = bench.toasts.value.filter(({ id }) => id !== toast.id));
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(drop, STAYS_MS);
    return () => clearTimeout(timer);
  }, [held]);
  return (
    <div
      class="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      {toast.tone === "plain" ? (
        <Icon name={toast.icon ?? "saved"} />
      ) : (
        <VerdictGlyph shown={toast.tone === "pass" ? "pass" : "fail"} />
      )}
      <span>{toast.text}</span>
      {toast.action && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            drop();
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </button>
      )}
    </div>
  );
}

export function Toasts() {
  const bench = useBench();
  return (
    <div class="toasts" role="status">
      {bench.toasts.value.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
