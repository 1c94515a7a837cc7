import { inline } from "../prose/markdown.tsx";
import { useBench } from "./bench.ts";

export function Tasks() {
  const { tasks } = useBench().page;
  return (
    <>
      <h3 class="tasks-head">Your tasks</h3>
      <ol class="tasks">
        {tasks.map((task) => (
          <li>
            <span>{inline(task)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
