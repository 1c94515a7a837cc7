import { Markdown } from "../prose/markdown.tsx";
import { PurposeNote, Returned } from "../progress/PathPlace.tsx";
import { langOf } from "../prose/translated.ts";
import { useText } from "../text/context.ts";
import { useBench } from "./bench.ts";
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

export function Brief() {
  const t = useText();
  return (
    <Panel id="brief" class="brief">
      <div class="scroll" tabIndex={0} role="group" aria-label={t("Brief")}>
        <Story />
      </div>
    </Panel>
  );
}
