/** What the panels of cloud and store have in common: their states, documents, and ids that are half hidden. */
import type { ComponentChildren } from "preact";
import { useText } from "../text/context.ts";
import type { Asked } from "./asked.ts";
import { maskedKey, readableJson } from "./cloud-place.ts";

interface WhenThereProps<T> {
  readonly asked: Asked<T>;
  readonly children: (value: T) => ComponentChildren;
}

export function WhenThere<T>({ asked, children }: WhenThereProps<T>) {
  const t = useText();
  if (asked.state === "looking") return <p class="empty">{t("Looking…")}</p>;
  if (asked.state === "there") return <>{children(asked.value)}</>;
  return (
    <p class="empty">
      {t("There was no answer. The terminal works without this panel.")}{" "}
      <button type="button" class="link-button" onClick={asked.again}>
        {t("Try again")}
      </button>
    </p>
  );
}

/** What may not be seen says which action would have to be allowed. */
export function NotAllowed({ action }: { readonly action: string }) {
  const t = useText();
  return (
    <p class="not-allowed">
      {t("You may not see this: it needs")} <code>{action}</code>
    </p>
  );
}

type SeenOrDenied<T> = { readonly seen: T } | { readonly denied: string };

interface IfSeenProps<T> {
  readonly of: SeenOrDenied<T>;
  readonly children: (value: T) => ComponentChildren;
}

export function IfSeen<T>({ of, children }: IfSeenProps<T>) {
  return "seen" in of ? <>{children(of.seen)}</> : <NotAllowed action={of.denied} />;
}

/** First four and last four; the whole id can be copied. */
export function KeyId({ id }: { readonly id: string }) {
  const t = useText();
  return (
    <>
      <code class="key-id" aria-hidden="true">
        {maskedKey(id)}
      </code>
      <span class="sr-only">{t("{kind}, ends in {last}", { kind: id.slice(0, 4), last: id.slice(-4) })}</span>
    </>
  );
}

export function Document({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <pre class="json-text" tabIndex={0} role="group" aria-label={label}>
      {readableJson(text)}
    </pre>
  );
}

interface SectionsProps<Id extends string> {
  readonly label: string;
  readonly sections: readonly (readonly [id: Id, label: string])[];
  readonly current: Id;
  readonly onChoose: (id: Id) => void;
}

/** Pages of a panel, as a row of links under its head. */
export function Sections<Id extends string>({ label, sections, current, onChoose }: SectionsProps<Id>) {
  return (
    <nav class="sections" aria-label={label}>
      {sections.map(([id, name]) => (
        <button
          key={id}
          type="button"
          aria-current={current === id ? "page" : undefined}
          onClick={() => onChoose(id)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
