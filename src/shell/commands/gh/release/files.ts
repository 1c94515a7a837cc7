/** Assets of releases between the disk and the forge. https://docs.github.com/en/rest/releases/assets */
import { pathOf, statOf } from "../../lib/invocation.ts";
import type { GhCall } from "../call.ts";
import type { Asset, Release } from "../rest.ts";
import { GhStop } from "../stop.ts";

export interface Upload {
  readonly name: string;
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** `file` or `file#label`. The shell already expanded patterns. */
export async function uploads(call: GhCall, words: readonly string[]): Promise<Upload[]> {
  const found: Upload[] = [];
  for (const word of words) {
    const [file = "", label = ""] = word.split(/#(.*)/s);
    const stat = await statOf(call.context, pathOf(call.context, file), true);
    if (typeof stat === "string") throw new GhStop(`no matches found for \`${file}\``);
    const name = file.slice(file.lastIndexOf("/") + 1);
    found.push({ name, label, bytes: await call.fileBytes(file) });
  }
  return found;
}

export async function upload(call: GhCall, release: Release, files: readonly Upload[]): Promise<void> {
  const client = await call.client();
  // GitHub takes uploads at the address that the release tells; without one, below the API.
  const told = release.upload_url?.replace(/\{.*$/, "");
  const base = told ?? `${await call.at()}/releases/${release.id}/assets`;
  for (const { name, label, bytes } of files) {
    const query = new URLSearchParams({ name, ...(label === "" ? {} : { label }) });
    const headers: [string, string][] = [["Content-Type", typeOf(name)]];
    await client.ok("POST", `${base}?${query.toString()}`, { bytes, headers });
  }
}

const TYPES: Readonly<Record<string, string>> = {
  gz: "application/gzip",
  json: "application/json",
  tgz: "application/x-gtar",
  txt: "text/plain; charset=utf-8",
  zip: "application/zip",
};

function typeOf(name: string): string {
  return TYPES[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream";
}

export async function assetBytes(call: GhCall, asset: Asset): Promise<Uint8Array> {
  const client = await call.client();
  const path = `${await call.at()}/releases/assets/${asset.id}`;
  const response = await client.ok("GET", path, { headers: [["Accept", "application/octet-stream"]] });
  return new Uint8Array(await response.arrayBuffer());
}
