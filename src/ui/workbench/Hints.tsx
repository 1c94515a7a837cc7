import { useEffect, useRef } from "preact/hooks";
import { Markdown } from "../prose/markdown.tsx";
import { langOf } from "../prose/translated.ts";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { toast, useBench } from "./bench.ts";
import { Icon } from "./Icon.tsx";

const NAMES = [
  said("Hint {n}, where to look"),
  said("Hint {n}, what to use"),
  said("Hint {n}, the command"),
] as const;

/** A hint opens after an act since the last one; never after a time. */
export function Hints() {
  const bench = useBench();
  const t = useText();
  const drawer = useRef<HTMLElement>(null);
  const { open, nextReady } = bench.session.hints.value;
  useEffect(() => drawer.current?.focus(), []);
  const openHint = async (number: number) => {
    const answer = await bench.session.openHint(number);
    if ("message" in answer) toast(bench, { tone: "notyet", text: answer.message });
  };
  return (
    <aside class="hints" ref={drawer} tabIndex={-1} aria-label={t("Hints")}>
      <div class="hints-head">
        <h2>{t("Hints")}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={t("Close hints")}
          onClick={() => (bench.dialog.value = null)}
        >
          <Icon name="close" />
        </button>
      </div>
      {bench.page.hints.map((text, i) => {
        const number = i + 1;
        const name = t(NAMES[i] ?? NAMES[2], { n: number });
        if (number <= open) {
          return (
            <section class="hint" data-state="open">
              <h3>
                <Icon name="chevronDown" /> {name}
              </h3>
              <div class="prose" lang={langOf(bench.page, "hints")}>
                <Markdown text={text} top={4} />
              </div>
            </section>
          );
        }
        if (number === open + 1 && nextReady) {
          return (
            <section class="hint">
              <button type="button" class="hint-button" onClick={() => void openHint(number)}>
                <Icon name="chevronRight" /> <strong>{name}</strong>{" "}
                <span>{t("counted, blocks nothing")}</span>
              </button>
            </section>
          );
        }
        return (
          <section class="hint" data-state="locked">
            <h3>
              <Icon name="lock" /> {name}
            </h3>
            <p>{t("Opens after you try something with hint {n}.", { n: number - 1 })}</p>
          </section>
        );
      })}
    </aside>
  );
}
