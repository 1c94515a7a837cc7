import { Markdown } from "../prose/markdown.tsx";
import { useBench } from "./bench.ts";
import { saveFile } from "./commands.ts";
import { Icon } from "./Icon.tsx";
import { Panel } from "./Panel.tsx";
import { Tasks } from "./Tasks.tsx";

function Story() {
  const { page, short } = useBench();
  return (
    <>
      <h2 class="brief-title">{page.title}</h2>
      <p class="facts">
        {page.minutes} minutes · {page.difficulty}
      </p>
      <details class="story" open={!short.value}>
        <summary>Story</summary>
        <div class="prose">
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
  return (
    <>
      <h2 class="brief-title">{page.title}: debrief</h2>
      <div class="prose">
        <Markdown text={page.debrief} top={2} />
        <h3>One question, changed situation</h3>
        <Markdown text={page.question} top={3} />
      </div>
      {page.cards.map((card) => (
        <button type="button" class="button card" onClick={() => saveFile(card.name, card.content)}>
          <Icon name="save" /> Keep {card.name}
        </button>
      ))}
      <button type="button" class="link-button" onClick={() => (bench.story.value = "brief")}>
        Back to the brief
      </button>
    </>
  );
}

export function Brief() {
  const bench = useBench();
  return (
    <Panel id="brief" class="brief" label={bench.story.value === "brief" ? "Brief" : "Debrief"}>
      <div
        class="scroll"
        tabIndex={0}
        role="group"
        aria-label={bench.story.value === "brief" ? "Brief" : "Debrief"}
      >
        {bench.story.value === "brief" ? <Story /> : <Debrief />}
      </div>
    </Panel>
  );
}
