import { Markdown } from "../prose/markdown.tsx";
import { PurposeNote, Returned } from "../progress/PathPlace.tsx";
import { langOf } from "../prose/translated.ts";
import { useText } from "../text/context.ts";
import { useBench } from "./bench.ts";
import { saveFile } from "./commands.ts";
import { Icon } from "./Icon.tsx";
import { Panel } from "./Panel.tsx";
import { Tasks } from "./Tasks.tsx";

function Story() {
  const { page, short, progress } = useBench();
  const placement = progress.purpose.value === "placement";
  const t = useText();
  return (
    <>
      <h2 class="brief-title" lang={langOf(page, "title")}>
        {page.title}
      </h2>
      <p class="facts">
        {t("{n} minutes", { n: page.minutes })} · {t(page.difficulty)}
      </p>
      <PurposeNote />
      <Returned />
      <details class="story" data-folds={placement} open={!short.value && !placement}>
        <summary>{t("Story")}</summary>
        <div class="prose" lang={langOf(page, "brief")}>
          <Markdown text={page.brief} top={3} />
        </div>
      </details>
      <Tasks />
    </>
  );
}

function Debrief() {
  const bench = useBench();
  const { page } = bench;
  const t = useText();
  return (
    <>
      <h2 class="brief-title">{t("{title}: debrief", { title: page.title })}</h2>
      <div class="prose">
        <div lang={langOf(page, "debrief")}>
          <Markdown text={page.debrief} top={2} />
        </div>
        <h3>{t("One question, changed situation")}</h3>
        <div lang={langOf(page, "question")}>
          <Markdown text={page.question} top={3} />
        </div>
      </div>
      {page.cards.map((card) => (
        <button type="button" class="button card" onClick={() => saveFile(card.name, card.content)}>
          <Icon name="save" /> {t("Keep {name}", { name: card.name })}
        </button>
      ))}
      <button type="button" class="link-button" onClick={() => (bench.story.value = "brief")}>
        {t("Back to the brief")}
      </button>
    </>
  );
}

export function Brief() {
  const bench = useBench();
  const t = useText();
  return (
    <Panel id="brief" class="brief" label={bench.story.value === "brief" ? t("Brief") : t("Debrief")}>
      <div
        class="scroll"
        tabIndex={0}
        role="group"
        aria-label={bench.story.value === "brief" ? t("Brief") : t("Debrief")}
      >
        {bench.story.value === "brief" ? <Story /> : <Debrief />}
      </div>
    </Panel>
  );
}
