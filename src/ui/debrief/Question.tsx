/** The changed situation: thought about in one's own words, kept in this browser, marked by nobody. */
import { useEffect, useState } from "preact/hooks";
import { Markdown } from "../prose/markdown.tsx";
import { langOf } from "../prose/translated.ts";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";

const KEY = "leaklab/answer/";
const LONGEST = 4000;

function read(lab: string): string {
  try {
    return (localStorage.getItem(KEY + lab) ?? "").slice(0, LONGEST);
  } catch {
    return "";
  }
}

function keep(lab: string, text: string): void {
  try {
    localStorage.setItem(KEY + lab, text);
  } catch {
    // It lasts as long as the page.
  }
}

export function Question() {
  const { page } = useBench();
  const t = useText();
  const [answer, setAnswer] = useState("");
  useEffect(() => setAnswer(read(page.id)), [page.id]);
  if (page.question.trim() === "") return null;
  return (
    <section class="debrief-card" aria-labelledby="question-title">
      <h2 id="question-title">{t("One question, changed situation")}</h2>
      <div class="card-body">
        <div class="prose" lang={langOf(page, "question")}>
          <Markdown text={page.question} top={3} />
        </div>
        <label class="answer">
          <span>{t("Your answer")}</span>
          <textarea
            rows={4}
            maxLength={LONGEST}
            value={answer}
            aria-describedby="answer-note"
            onInput={({ currentTarget }) => {
              setAnswer(currentTarget.value);
              keep(page.id, currentTarget.value);
            }}
          />
        </label>
        <p class="card-note" id="answer-note">
          {t("Nobody marks this. It stays in this browser, and is in no attempt file.")}
        </p>
      </div>
    </section>
  );
}
