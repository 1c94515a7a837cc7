import type { ComponentChildren } from "preact";
import type { Tool } from "./bench.ts";
import { BackToCheck, FullButton, Panel } from "./Panel.tsx";
import { UpperTitle } from "./UpperTitle.tsx";

/** One of the tools above the terminal, with the tabs that lead to the others. */
export function ToolPanel({ id, children }: { readonly id: Tool; readonly children: ComponentChildren }) {
  return (
    <Panel
      id={id}
      class={id}
      head={
        <>
          <UpperTitle id={id} />
          <span class="spring" />
          <BackToCheck panel={id} />
          <FullButton id={id} />
        </>
      }
    >
      {children}
    </Panel>
  );
}
