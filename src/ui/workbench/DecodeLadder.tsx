/** How something in a coat becomes the value: one rung per step, the last one filled. Values are never on the page. */
import { useText } from "../text/context.ts";
import type { Text } from "../text/text.ts";

const MASK = "••••••••";

interface DecodeLadderProps {
  /** From the outside in. */
  readonly steps: readonly string[];
  readonly credential: string;
  readonly off: boolean;
}

function rungText(t: Text, step: string | undefined, number: number): string {
  if (step === undefined) return t("as it stands there");
  return t("{n}. undone: {step}", { n: number, step });
}

export function DecodeLadder({ steps, credential, off }: DecodeLadderProps) {
  const t = useText();
  const words = [undefined, ...steps].map((step, i) => rungText(t, step, i));
  return (
    <>
      <ol class="ladder" aria-label={t("How it is decoded")}>
        {words.map((text, i) => (
          <li key={text} data-last={i === steps.length}>
            <code class="masked">{MASK}</code>
            <span>
              {text}
              {i === steps.length && (
                <>
                  ,{" "}
                  {off
                    ? t("the value of {credential}, off", { credential })
                    : t("the live {credential}", { credential })}
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p class="note">
        {t("The engine sees no known shape here. The trace knows the value and looks for it in every coat.")}
      </p>
    </>
  );
}
