/** What the learner takes home: shown whole, to copy or to keep as a file. */
import { useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { saveFile } from "../workbench/commands.ts";
import { useBench } from "../workbench/bench.ts";
import { Icon } from "../workbench/Icon.tsx";
import { Markdown } from "../prose/markdown.tsx";
import type { LabPage } from "../../worker/protocol.ts";

type CardFile = LabPage["cards"][number];

export function sizeText(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`;
}

function CopyButton({ content }: { readonly content: string }) {
  const bench = useBench();
  const t = useText();
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(content);
      setDone(true);
      bench.said.value = t("Copied.");
    } catch {
      bench.said.value = t("The browser did not allow copying. The file has the same text.");
    }
  };
  return (
    <button type="button" class="button" onClick={() => void copy()}>
      <Icon name={done ? "check" : "copy"} /> {done ? t("Copied") : t("Copy")}
    </button>
  );
}

function Card({ card: { name, content } }: { readonly card: CardFile }) {
  const t = useText();
  const [title = name] = /^#+ .+$/m.exec(content) ?? [];
  const text = content.replace(/^#+ .+\n/, "");
  return (
    <section class="debrief-card" aria-label={t("Keep this: {name}", { name })}>
      <h2>
        <Icon name="save" /> {t("Keep this: {name}", { name: title.replace(/^#+ /, "") })}
      </h2>
      <div class="card-text prose" role="group" aria-label={name}>
        {name.endsWith(".md") ? <Markdown text={text} top={3} /> : <pre>{content}</pre>}
      </div>
      <div class="card-actions">
        <CopyButton content={content} />
        <button type="button" class="button" onClick={() => saveFile(name, content)}>
          <Icon name="save" /> {t("Keep {name}", { name })}
        </button>
        <span class="card-size">{sizeText(new TextEncoder().encode(content).length)}</span>
      </div>
    </section>
  );
}

export function Cards() {
  const { page } = useBench();
  return (
    <>
      {page.cards.map((card) => (
        <Card key={card.name} card={card} />
      ))}
    </>
  );
}
