import { useEffect, useRef } from "preact/hooks";
import { Markdown } from "../prose/markdown.tsx";
import { toast, useBench } from "./bench.ts";
import { Icon } from "./Icon.tsx";

const NAMES = ["where to look", "what to use", "the command"];

/** A hint opens after an act since the last one; never after a time. */
export function Hints() {
  const bench = useBench();
  const drawer = useRef<HTMLElement>(null);
  const { open, nextReady } = bench.session.hints.value;
  useEffect(() => drawer.current?.focus(), []);
  const openHint = async (number: number) => {
    const answer = await bench.session.openHint(number);
    if ("message" in answer) toast(bench, { tone: "notyet", text: answer.message });
  };
  return (
    <aside class="hints" ref={drawer} tabIndex={-1} aria-label="Hints">
      <div class="hints-head">
        <h2>Hints</h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Close hints"
          onClick={() => (bench.dialog.value = null)}
        >
          <Icon name="close" />
        </button>
      </div>
      {bench.page.hints.map((text, i) => {
        const number = i + 1;
        const name = `Hint ${number}, ${NAMES[i] ?? ""}`;
        if (number <= open) {
          return (
            <section class="hint" data-state="open">
              <h3>{name}</h3>
              <div class="prose">
                <Markdown text={text} top={4} />
              </div>
            </section>
          );
        }
        if (number === open + 1 && nextReady) {
          return (
            <section class="hint">
              <button type="button" class="hint-button" onClick={() => void openHint(number)}>
                <Icon name="chevronRight" /> <strong>{name}</strong> <span>counted, blocks nothing</span>
              </button>
            </section>
          );
        }
        return (
          <section class="hint" data-state="locked">
            <h3>
              <Icon name="lock" /> {name}
            </h3>
            <p>Opens after you try something with hint {number - 1}.</p>
          </section>
        );
      })}
    </aside>
  );
}
