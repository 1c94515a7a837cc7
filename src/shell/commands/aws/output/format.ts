/** Prints an answer in the format that was asked for. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html */
import type { Json } from "../../../../base/json.ts";
import type { OutputFormat } from "../options.ts";
import { tableOutput } from "./table.ts";
import { textOutput } from "./text.ts";

/** `title` heads a table: the name of the operation. */
export async function formatted(value: Json, format: OutputFormat, title: string): Promise<string> {
  if (format === "text") return textOutput(value);
  if (format === "table") return tableOutput(value, title);
  if (isEmptyObject(value)) return "";
  if (format === "json") return `${indented(value)}\n`;
  const { yamlOutput } = await import("./yaml.ts");
  return format === "yaml" ? yamlOutput(value) : yamlOutput([value]);
}

function isEmptyObject(value: Json): boolean {
  return (
    value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0
  );
}

/** As `json.dumps(indent=4)`: what is empty stays on one line. */
function indented(value: Json): string {
  return JSON.stringify(value, null, 4);
}
