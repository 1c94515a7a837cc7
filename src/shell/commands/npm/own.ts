/** Packages by name: which one a command is about, and where the registry has it. */
import type { NpmCall } from "./call.ts";
import { readManifest } from "./tree/reify.ts";

/** What is named, else the package of this project; null where there is none. */
export async function ownName(
  { context, prefix }: NpmCall,
  given: string | undefined,
): Promise<string | null> {
  if (given !== undefined && given !== "") return given;
  const { name } = await readManifest(context.fs, prefix === "/" ? "" : prefix);
  return name === "" ? null : name;
}

/** As npm writes it in addresses. */
export function escaped(name: string): string {
  return name.replace("/", "%2f");
}

export function pathOf(name: string): string {
  return `/${escaped(name)}`;
}
