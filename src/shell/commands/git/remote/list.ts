/** `git remote` and `git remote -v`. */
import { remoteNames, remoteOf } from "../lib/transport/remotes.ts";
import type { Place } from "./place.ts";

export async function listRemotes({ repo, t }: Place, verbose: boolean): Promise<void> {
  for (const name of remoteNames(repo.config).sort()) {
    const { urls, pushUrls } = remoteOf(repo.config, name);
    if (!verbose) {
      t.out(`${name}\n`);
      continue;
    }
    t.out(`${name}\t${urls[0]} (fetch)\n`);
    for (const url of pushUrls) t.out(`${name}\t${url} (push)\n`);
  }
}
