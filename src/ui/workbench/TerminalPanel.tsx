import { useEffect, useRef, useState } from "preact/hooks";
import { TERMINALS } from "../attempt/session.ts";
import { useText } from "../text/context.ts";
import { useBench, type Bench, type TerminalBinding } from "./bench.ts";
import { Icon } from "./Icon.tsx";
import { BackToCheck, FullButton, Panel, PanelTitle, Tabs } from "./Panel.tsx";
import { shownTerminal } from "./panels.ts";

type Loading = "loading" | "ready" | "failed";

function Status() {
  const { session } = useBench();
  const t = useText();
  const phase = session.phase.value;
  if (phase.at === "opening" && phase.replaying > 0)
    return (
      <span class="state">
        {t.many(phase.replaying, "Replaying your {n} input", "Replaying your {n} inputs")}
      </span>
    );
  if (phase.at === "opening") return <span class="state">{t("Getting the lab ready")}</span>;
  if (phase.at === "running") return <span class="state">{t("running; Ctrl C stops it")}</span>;
  if (phase.at === "waiting")
    return (
      <span class="state">
        {phase.waits.for === "editor" ? t("waits for the editor") : t("waits for your answer")}
      </span>
    );
  return phase.at === "ready" ? null : <span class="state">{t("stopped; the notice above says why")}</span>;
}

async function openTerminal(bench: Bench): Promise<void> {
  const number = await bench.session.openTerminal();
  if (number === null) return;
  bench.focus.wantedTerminal = number;
  bench.terminal.value = number;
  bench.said.value = bench.t("Terminal {n} is open.", { n: number });
}

function TerminalTabs() {
  const bench = useBench();
  const t = useText();
  const { terminals, access } = bench.session;
  const all = terminals.value;
  const name = (n: number) => t("Terminal {n}", { n });
  return (
    <>
      {all.length === 1 ? (
        <PanelTitle icon="terminal">{t("Terminal")}</PanelTitle>
      ) : (
        <Tabs
          label={t("Terminals")}
          tabs={all.map((n) => ({ id: String(n), label: name(n), icon: "terminal" as const }))}
          selected={String(shownTerminal(bench))}
          controls="terminals"
          onSelect={(id) => (bench.terminal.value = Number(id))}
        />
      )}
      {access.value === "owner" && all.length < TERMINALS && (
        <button
          type="button"
          class="icon-button"
          aria-label={t("One more terminal")}
          onClick={() => void openTerminal(bench)}
        >
          <Icon name="plus" />
        </button>
      )}
    </>
  );
}

/** One terminal, which comes as its own part of the page, after the brief can be read. */
function TerminalHost({ number, shown }: { readonly number: number; readonly shown: boolean }) {
  const bench = useBench();
  const t = useText();
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
        binding.current = bindTerminal(bench, number, host.current);
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
  useEffect(() => {
    if (!shown || !binding.current) return;
    bench.focus.terminal = () => binding.current?.focus();
    if (bench.focus.wantedTerminal !== number) return;
    bench.focus.wantedTerminal = null;
    binding.current.focus();
  }, [shown, loading]);
  return (
    <div class="terminal-tab" hidden={!shown}>
      <div class="terminal-host" ref={host} />
      {loading === "failed" && (
        <p class="empty">
          <Icon name="warn" /> {t("The terminal did not load.")}{" "}
          <button type="button" class="link-button" onClick={() => setAttempt(attempt + 1)}>
            {t("Try again")}
          </button>
        </p>
      )}
    </div>
  );
}

/** The terminals of the attempt, one shown at a time; those that are not shown go on. */
export function TerminalPanel() {
  const bench = useBench();
  const t = useText();
  const text = bench.textView.value;
  const shown = shownTerminal(bench);
  useEffect(() => () => void (bench.focus.terminal = null), []);
  return (
    <Panel
      id="terminal"
      class="terminal"
      head={
        <>
          <TerminalTabs />
          <Status />
          <span class="spring" />
          <BackToCheck panel="terminal" />
          <button
            type="button"
            class="quiet small"
            aria-pressed={text}
            onClick={() => (bench.textView.value = !text)}
          >
            {t("Text view")}
          </button>
          <FullButton id="terminal" />
        </>
      }
    >
      <div class="terminals" id="terminals">
        {bench.session.terminals.value.map((number) => (
          <TerminalHost key={number} number={number} shown={number === shown} />
        ))}
      </div>
    </Panel>
  );
}
