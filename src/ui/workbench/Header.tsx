import { useBench } from "./bench.ts";
import { reportProblem, runChecks, saveAttempt, undo } from "./commands.ts";
import { Icon } from "./Icon.tsx";
import { Logo } from "./Logo.tsx";
import { Menu } from "./Menu.tsx";

function HintButton() {
  const bench = useBench();
  const { open } = bench.session.hints.value;
  const all = bench.page.hints.length;
  const next = Math.min(open + 1, all);
  return (
    <button
      type="button"
      class="button"
      aria-expanded={bench.dialog.value === "hints"}
      onClick={() => (bench.dialog.value = bench.dialog.value === "hints" ? null : "hints")}
    >
      <Icon name="hint" />
      Hint {next} of {all}
    </button>
  );
}

/** "new-contributor" as words. */
function words(id: string): string {
  const text = id.replaceAll("-", " ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function LabMenu() {
  const bench = useBench();
  const { page } = bench;
  return (
    <Menu
      trigger={
        <>
          <span class="lab-module">{words(page.module)}</span>
          <strong class="lab-title">{page.title}</strong>
          <Icon name="chevronDown" />
        </>
      }
      items={[
        { label: "Start this lab again", run: () => (bench.dialog.value = "reset") },
        { label: "Save the attempt as a file", run: () => saveAttempt(bench) },
        { label: "Report a problem", run: () => void reportProblem(bench) },
        { label: "Keys", run: () => (bench.dialog.value = "keys") },
      ]}
    />
  );
}

export function Header() {
  const bench = useBench();
  const { session } = bench;
  const writes = session.access.value === "owner";
  return (
    <header class="wb-header">
      <a class="brand" href="/">
        <Logo />
        <span class="brand-name">LeakLab</span>
      </a>
      <h1>
        <LabMenu />
      </h1>
      <span class="spring" />
      <button
        type="button"
        class="quiet drawer-button"
        aria-expanded={bench.drawer.value}
        onClick={() => (bench.drawer.value = !bench.drawer.value)}
      >
        <Icon name="menu" />
        Brief and checks
      </button>
      <button type="button" class="quiet" onClick={() => (bench.dialog.value = "commands")}>
        <Icon name="search" />
        <span class="label">Commands</span>
        <kbd>F1</kbd>
      </button>
      <button
        type="button"
        class="quiet"
        disabled={!writes || session.acts.value === 0 || session.phase.value.at !== "ready"}
        onClick={() => void undo(bench)}
      >
        <Icon name="undo" />
        <span class="label">Undo last command</span>
      </button>
      <HintButton />
      <button
        type="button"
        class="button primary"
        onClick={() => void runChecks(bench)}
        aria-busy={session.checking.value}
      >
        <Icon name="check" />
        Run checks <span class="keys">Ctrl Enter</span>
      </button>
      <span class="bar" />
      <button
        type="button"
        class="icon-button"
        aria-label="Settings"
        onClick={() => (bench.dialog.value = "settings")}
      >
        <Icon name="gear" size={18} />
      </button>
    </header>
  );
}
