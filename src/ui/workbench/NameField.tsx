/** The name that a saved attempt carries, so that a class report can say whose it is. */
import { useId } from "preact/hooks";
import { keepName, readName } from "../progress/name.ts";
import { useText } from "../text/context.ts";

export function NameField() {
  const t = useText();
  const about = useId();
  return (
    <div class="name-field">
      <label>
        {t("Name on saved attempts, optional")}
        <input
          type="text"
          maxLength={60}
          autocomplete="off"
          spellcheck={false}
          value={readName()}
          aria-describedby={about}
          onInput={(event) => keepName(event.currentTarget.value)}
        />
      </label>
      <p id={about}>
        {t("Kept in this browser. It stands in the files that you save, and on your certificate.")}
      </p>
    </div>
  );
}
