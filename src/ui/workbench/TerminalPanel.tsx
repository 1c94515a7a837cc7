import { useEffect, useRef, useState } from "preact/hooks";
import { count } from "../prose/count.ts";
import { useBench, type TerminalBinding } from "./bench.ts";
import { Icon } from "./Icon.tsx";
import { BackToCheck, FullButton, Panel, PanelTitle } from "./Panel.tsx";

type Loading = "loading" | "ready" | "failed";

function Status() {
  const { session } = useBench();
  const phase = session.phase.value;
  if (phase.at === "opening" && phase.replaying > 0)
    return <span class="state">Replaying your {count(phase.replaying, "input")}</span>;
  if (phase.at === "opening") return <span class="state">Getting the lab ready</span>;
  if (phase.at === "running") return <span class="state">running; Ctrl C stops it</span>;
  if (phase.at === "waiting")
    return (
      <span class="state">
        {phase.waits.for === "editor" ? "waits for the editor" : "waits for your answer"}
      </span>
    );
  return null;
}

/** The terminal comes as its own part of the page, after the brief can be read. */
export function TerminalPanel() {
  const bench = useBench();
  const host = useRef<HTMLDivElement>(null);
  const binding = useRef<TerminalBinding | null>(null);
  const [loading, setLoading] = useState<Loading>("loading");
  const [attempt, setAttempt] = useState(0);
  const text = bench.textView.value;
  useEffect(() => {
    let ended = false;
    setLoading("loading");
    void bench.parts.terminal().then(
      ({ bindTerminal }) => {
        if (ended || !host.current) return;
        binding.current = bindTerminal(bench, host.current);
        setLoading("ready");
      },
      () => setLoading("failed"),
    );
    return () => {
      ended = true;
      binding.current?.end();
      binding.current = null;
    };
  }, [attempt]);
  useEffect(() => binding.current?.showText(text), [text, loading]);
  return (
    <Panel
      id="terminal"
      class="terminal"
      head={
        <>
          <PanelTitle icon="terminal">Terminal</PanelTitle>
          <Status />
          <span class="spring" />
          <BackToCheck panel="terminal" />
          <button
            type="button"
            class="quiet small"
            aria-pressed={text}
            onClick={() => (bench.textView.value = !text)}
          >
            Text view
          </button>
          <FullButton id="terminal" />
        </>
      }
    >
      <div class="terminal-host" ref={host} />
      {loading === "failed" && (
        <p class="empty">
          <Icon name="warn" /> The terminal did not load.{" "}
          <button type="button" class="link-button" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
        </p>
      )}
    </Panel>
  );
}
