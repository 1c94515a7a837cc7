import { useBench } from "./bench.ts";
import { EditorArea } from "../editor/EditorArea.tsx";
import { FileTree } from "../editor/FileTree.tsx";
import { GitGraph } from "./GitGraph.tsx";
import { LaterTool } from "./LaterTool.tsx";
import { LeakMap } from "./LeakMap.tsx";
import { ToolPanel } from "./ToolPanel.tsx";
import { upperTabs } from "./UpperTitle.tsx";

/** The upper middle: the editor and the lab's other tools, one at a time. The editor keeps its state while hidden. */
export function EditorPanel() {
  const bench = useBench();
  const tab = upperTabs(bench).some(({ id }) => id === bench.upper.value) ? bench.upper.value : "editor";
  return (
    <div class="upper" data-tab={tab}>
      <ToolPanel id="editor">
        <div class="editor-body">
          <FileTree />
          <EditorArea />
        </div>
      </ToolPanel>
      {tab === "graph" ? (
        <GitGraph />
      ) : tab === "map" ? (
        <LeakMap />
      ) : (
        tab !== "editor" && <LaterTool id={tab} />
      )}
    </div>
  );
}
