import { useBench } from "./bench.ts";
import { EditorArea } from "../editor/EditorArea.tsx";
import { FileTree } from "../editor/FileTree.tsx";
import { GitGraph } from "./GitGraph.tsx";
import { LeakMap } from "./LeakMap.tsx";
import { BackToCheck, FullButton, Panel, Tabs, type PanelTab } from "./Panel.tsx";

const TABS: readonly PanelTab[] = [
  { id: "editor", label: "Editor", icon: "editor" },
  { id: "graph", label: "Git graph", icon: "graph" },
  { id: "map", label: "Leak map", icon: "map" },
];

/** The upper middle panel: the editor, and on narrower windows graph and map as further tabs. */
export function EditorPanel() {
  const bench = useBench();
  const narrow = bench.width.value === "middle" || bench.width.value === "one";
  const tab = narrow ? bench.upper.value : "editor";
  return (
    <div class="upper" data-tab={tab}>
      {narrow && (
        <div class="panel-head upper-head">
          <Tabs
            label="Tools"
            tabs={TABS}
            selected={tab}
            controls={`panel-${tab}`}
            onSelect={(id) => (bench.upper.value = id as typeof tab)}
          />
        </div>
      )}
      <Panel
        id="editor"
        class="editor"
        head={
          <>
            {!narrow && (
              <Tabs
                label="Tools"
                tabs={TABS.slice(0, 1)}
                selected="editor"
                controls="panel-editor"
                onSelect={() => {}}
              />
            )}
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
