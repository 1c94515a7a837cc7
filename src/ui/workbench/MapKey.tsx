/** What the marks of the leak map mean. */
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { MapMark } from "./MapMark.tsx";
import type { CellState } from "./map-model.ts";

const KEY: readonly (readonly [CellState, off: boolean, words: string])[] = [
  ["both", false, said("engine and trace")],
  ["trace", false, said("trace only: the engine is blind here")],
  ["engine", false, said("engine only: no planted value")],
  ["both", true, said("the value is off")],
  ["none", false, said("searched, no copy")],
  ["unshown", false, said("blank: the checks show none here")],
  ["unsearched", false, said("not searched yet")],
  ["away", false, said("out of reach: nobody can search there")],
];

export function MapKey() {
  const t = useText();
  return (
    <details class="map-key">
      <summary>{t("Key¦of a drawing")}</summary>
      <ul>
        {KEY.map(([state, off, words]) => (
          <li key={words}>
            <MapMark cell={{ state, off }} /> {t(words)}
          </li>
        ))}
      </ul>
    </details>
  );
}
