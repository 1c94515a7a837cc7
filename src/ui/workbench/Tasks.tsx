import { inline } from "../prose/markdown.tsx";
import { langOf } from "../prose/translated.ts";
import { useText } from "../text/context.ts";
import { useBench } from "./bench.ts";

export function Tasks() {
  const { page } = useBench();
  const t = useText();
  return (
    <>
      <h3 class="tasks-head">{t("Your tasks")}</h3>
      <ol class="tasks" lang={langOf(page, "tasks")}>
        {page.tasks.map((task) => (
          <li>
            <span>{inline(task)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
