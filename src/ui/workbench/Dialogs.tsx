import { count } from "../prose/count.ts";
import { useBench, type Bench } from "./bench.ts";
import { CommandPalette } from "./CommandPalette.tsx";
import { Dialog } from "./Dialog.tsx";
import { Hints } from "./Hints.tsx";
import { KEYS } from "./keyboard.ts";
import { CONTRASTS, THEMES } from "./theme.ts";

function close(bench: Bench): void {
  bench.dialog.value = null;
}

function ResetDialog() {
  const bench = useBench();
  const acts = bench.session.acts.value;
  const again = (seed: "same" | "new") => {
    close(bench);
    bench.story.value = "brief";
    bench.shown.value = null;
    for (const { path } of bench.documents.open.value) bench.documents.close(path);
    void bench.session.reset(seed);
  };
  return (
    <Dialog title="Start this lab again?" onClose={() => close(bench)}>
      <p>
        Your {count(acts, "command")} {acts === 1 ? "is" : "are"} set aside, not deleted. A new seed changes
        names, ids and values.
      </p>
      <div class="dialog-actions">
        <button type="button" class="button" data-safe onClick={() => close(bench)}>
          Keep going
        </button>
        <button type="button" class="button" onClick={() => again("same")}>
          Start again, same seed
        </button>
        <button type="button" class="button" onClick={() => again("new")}>
          Start again, new seed
        </button>
      </div>
    </Dialog>
  );
}

function Choice<T extends string>(props: {
  readonly legend: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      {props.options.map(([value, label]) => (
        <label>
          <input
            type="radio"
            name={props.legend}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function SettingsDialog() {
  const bench = useBench();
  const { theme, contrast, setTheme, setContrast } = bench.look;
  return (
    <Dialog title="Settings" onClose={() => close(bench)}>
      <Choice legend="Light" options={THEMES} value={theme.value} onChange={setTheme} />
      <Choice legend="Contrast" options={CONTRASTS} value={contrast.value} onChange={setContrast} />
      <div class="dialog-actions">
        <button type="button" class="button" data-safe onClick={() => close(bench)}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function KeysDialog() {
  const bench = useBench();
  return (
    <Dialog title="Keys" onClose={() => close(bench)}>
      <dl class="keys-list">
        {KEYS.map(([keys, does]) => (
          <div>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p>All other keys go to the shell.</p>
      <div class="dialog-actions">
        <button type="button" class="button" data-safe onClick={() => close(bench)}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

export function Dialogs() {
  const bench = useBench();
  switch (bench.dialog.value) {
    case "reset":
      return <ResetDialog />;
    case "commands":
      return <CommandPalette />;
    case "settings":
      return <SettingsDialog />;
    case "keys":
      return <KeysDialog />;
    case "hints":
      return <Hints />;
    default:
      return null;
  }
}
