import { useText } from "../text/context.ts";
import { useBench, type Bench } from "./bench.ts";
import { CommandPalette } from "./CommandPalette.tsx";
import { Dialog } from "./Dialog.tsx";
import { Hints } from "./Hints.tsx";
import { KEYS } from "./keyboard.ts";
import { NameField } from "./NameField.tsx";
import { CONTRASTS, THEMES } from "./theme.ts";

function close(bench: Bench): void {
  bench.dialog.value = null;
}

function ResetDialog() {
  const bench = useBench();
  const t = useText();
  const acts = bench.session.acts.value;
  const again = (seed: "same" | "new") => {
    close(bench);
    bench.story.value = "brief";
    bench.shown.value = null;
    for (const { path } of bench.documents.open.value) bench.documents.close(path);
    void bench.session.reset(seed);
  };
  return (
    <Dialog title={t("Start this lab again?")} onClose={() => close(bench)}>
      <p>
        {t.many(
          acts,
          "Your {n} command is set aside, not deleted.",
          "Your {n} commands are set aside, not deleted.",
        )}{" "}
        {t("A new seed changes names, ids and values.")}
      </p>
      <div class="dialog-actions">
        <button type="button" class="button" data-safe onClick={() => close(bench)}>
          {t("Keep going")}
        </button>
        <button type="button" class="button" onClick={() => again("same")}>
          {t("Start again, same seed")}
        </button>
        <button type="button" class="button" onClick={() => again("new")}>
          {t("Start again, new seed")}
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
  const t = useText();
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
          {t(label)}
        </label>
      ))}
    </fieldset>
  );
}

function SettingsDialog() {
  const bench = useBench();
  const t = useText();
  const { theme, contrast, setTheme, setContrast } = bench.look;
  return (
    <Dialog title={t("Settings")} onClose={() => close(bench)}>
      <Choice legend={t("Light")} options={THEMES} value={theme.value} onChange={setTheme} />
      <Choice legend={t("Contrast")} options={CONTRASTS} value={contrast.value} onChange={setContrast} />
      <NameField />
      <div class="dialog-actions">
        <button type="button" class="button" data-safe onClick={() => close(bench)}>
          {t("Close")}
        </button>
      </div>
    </Dialog>
  );
}

function KeysDialog() {
  const bench = useBench();
  const t = useText();
  return (
    <Dialog title={t("Keys")} onClose={() => close(bench)}>
      <dl class="keys-list">
        {KEYS.map(([keys, does]) => (
          <div>
            <dt>
              <kbd>{t(keys)}</kbd>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <p>{t("Nearly all other keys go to the shell.")}</p>
      <div class="dialog-actions">
        <button type="button" class="button" data-safe onClick={() => close(bench)}>
          {t("Close")}
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
