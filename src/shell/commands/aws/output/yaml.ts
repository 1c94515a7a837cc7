/** `--output yaml`. */
import { stringify } from "yaml";
import type { Json } from "../../../../base/json.ts";

export function yamlOutput(value: Json): string {
  return stringify(value, {
    version: "1.1",
    singleQuote: true,
    indentSeq: false,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}
