import { useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { useBench } from "./bench.ts";
import { commands, type Command } from "./commands.ts";
import { Dialog } from "./Dialog.tsx";

export function matching(all: readonly Command[], query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/);
  return all.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}

/** Every command by name: type to narrow, arrows to choose, Enter to run. */
export function CommandPalette() {
  const bench = useBench();
  const t = useText();
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const found = matching(commands(bench), query);
  const chosen = Math.min(index, found.length - 1);
  const close = () => {
    if (bench.dialog.value === "commands") bench.dialog.value = null;
  };
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey) run(found[chosen]);
    else if (event.key === "ArrowDown") setIndex(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") setIndex(Math.max(chosen - 1, 0));
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("Commands")} onClose={close}>
      <input
        class="field"
        data-safe
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="command-list"
        aria-activedescendant={found[chosen] && `command-${chosen}`}
        aria-label={t("Search commands")}
        placeholder={t("Search commands")}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="command-list" role="listbox" aria-label={t("Commands")} class="command-list">
        {found.map((command, i) => (
          <li id={`command-${i}`} role="option" aria-selected={i === chosen} onClick={() => run(command)}>
            {command.name}
            {command.keys && <kbd>{t(command.keys)}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="empty">{t("No command of that name.")}</p>}
    </Dialog>
  );
}
