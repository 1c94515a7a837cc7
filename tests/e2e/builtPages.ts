/** Addresses of all pages of the built site. */
import { readdirSync } from "node:fs";
import { sep } from "node:path";
import { addressOf } from "../../src/ui/offline/files.ts";
import { builtFolder } from "./ownSite.ts";

export function builtPages(): readonly string[] {
  return readdirSync(builtFolder(), { recursive: true, encoding: "utf8" })
    .map((name) => name.split(sep).join("/"))
    .filter((name) => name.endsWith(".html"))
    .map(addressOf)
    .toSorted();
}
