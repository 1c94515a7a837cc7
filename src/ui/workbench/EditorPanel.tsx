import { useBench } from "./bench.ts";
import { EditorArea } from "../editor/EditorArea.tsx";
import { FileTree } from "../editor/FileTree.tsx";
import { GitGraph } from "./GitGraph.tsx";
import { LeakMap } from "./LeakMap.tsx";
import { BackToCheck, FullButton, Panel } from "./Panel.tsx";
import { UpperTitle } from "./UpperTitle.tsx";

/** The upper middle panel: the editor, and on narrower windows graph and map as further tabs. */
export function EditorPanel() {
  const bench = useBench();
  const narrow = bench.width.value === "middle" || bench.width.value === "one";
  const tab = narrow ? bench.upper.value : "editor";
  return (
    <div class="upper" data-tab={tab}>
      <Panel
        id="editor"
        class="editor"
        head={
          <>
            <UpperTitle id="editor" />
            <span class="spring" />
            <BackToCheck panel="editor" />
            <FullButton id="editor" />
          </>
        }
      >
        <div class="editor-body">
          <FileTree />
          <EditorArea />
        </div>
      </Panel>
      {narrow && tab === "graph" && <GitGraph />}
      {narrow && tab === "map" && <LeakMap />}
    </div>
  );
}
