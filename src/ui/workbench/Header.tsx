import { addressIn } from "../text/address.ts";
import { useText } from "../text/context.ts";
import { PathPlace, usePlace, usePlaceItems } from "../progress/PathPlace.tsx";
import { langOf } from "../prose/translated.ts";
import type { Phase } from "../attempt/session.ts";
import { useBench } from "./bench.ts";
import { reportProblem, runChecks, saveAttempt, undo } from "./commands.ts";
import { Icon } from "./Icon.tsx";
import { Logo } from "./Logo.tsx";
import { Menu } from "./Menu.tsx";

function HintButton() {
  const bench = useBench();
  const t = useText();
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
      {t("Hint {n} of {all}", { n: next, all })}
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
  const t = useText();
  const place = usePlace();
  const labs = usePlaceItems(place);
  return (
    <Menu
      trigger={
        <>
          {place && (
            <span class="place-title" lang={langOf(page, "title")}>
              {page.title}
            </span>
          )}
          {place ? (
            <PathPlace place={place} />
          ) : (
            <>
              <span class="lab-module">{words(page.module)}</span>
              <strong class="lab-title" lang={langOf(page, "title")}>
                {page.title}
              </strong>
            </>
          )}
          <Icon name="chevronDown" />
        </>
      }
      items={[
        ...labs,
        {
          rule: labs.length > 0,
          label: t("Start this lab again"),
          run: () => (bench.dialog.value = "reset"),
        },
        { label: t("Save the attempt as a file"), run: () => saveAttempt(bench) },
        { label: t("Report a problem"), run: () => void reportProblem(bench) },
        { label: t("Keys"), run: () => (bench.dialog.value = "keys") },
      ]}
    />
  );
}

const STOPPED: ReadonlySet<string> = new Set<Phase["at"]>(["other-core", "damaged", "diverged", "failed"]);

export function Header() {
  const bench = useBench();
  const { session } = bench;
  const t = useText();
  const writes = session.access.value === "owner";
  // Who only reads may ask the checks; where nothing was replayed there is nothing to ask.
  const playable = !STOPPED.has(session.phase.value.at);
  return (
    <header class="wb-header">
      <a class="brand" href={addressIn(t.language, "/")}>
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
        {t("Brief and checks")}
      </button>
      <button type="button" class="quiet" onClick={() => (bench.dialog.value = "commands")}>
        <Icon name="search" />
        <span class="label">{t("Commands")}</span>
        <kbd>F1</kbd>
      </button>
      <button
        type="button"
        class="quiet"
        disabled={!writes || session.acts.value === 0 || session.phase.value.at !== "ready"}
        onClick={() => void undo(bench)}
      >
        <Icon name="undo" />
        <span class="label">{t("Undo last command")}</span>
      </button>
      {bench.progress.purpose.value !== "placement" && <HintButton />}
      <button
        type="button"
        class="button primary"
        disabled={!playable}
        onClick={() => void runChecks(bench)}
        aria-busy={session.checking.value}
      >
        <Icon name="check" />
        {t("Run checks")} <span class="keys">{t("Ctrl Enter")}</span>
      </button>
      <span class="bar" />
      <button
        type="button"
        class="icon-button"
        aria-label={t("Settings")}
        onClick={() => (bench.dialog.value = "settings")}
      >
        <Icon name="gear" size={18} />
      </button>
    </header>
  );
}
