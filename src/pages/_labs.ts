/** The labs of this project, compiled while the site is built. */
import { CORE } from "../attempt/core.ts";
import { compileLab, groupLabs, type CompiledLab } from "../lab/compile.ts";

const texts: Record<string, string> = import.meta.glob(
  ["/labs/*/*.{yaml,md}", "/labs/*/{cards,i18n,start,stories}/**", "/labs/*/start/files/**/.*"],
  { query: "?raw", import: "default", eager: true, exhaustive: true },
);

export function labPages(): CompiledLab[] {
  return [...groupLabs(texts)].map(([name, files]) => compileLab(name, files, CORE));
}
