/** A pull request, as far as the panels show it. https://docs.github.com/en/rest/pulls/pulls */

import { said } from "../text/said.ts";

export interface PullJson {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: "open" | "closed";
  readonly draft: boolean;
  readonly merged_at: string | null;
  readonly created_at: string;
  readonly user: { readonly login: string };
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    readonly repo: { readonly full_name: string } | null;
  };
  readonly base: { readonly ref: string; readonly repo: { readonly full_name: string } };
  readonly labels: readonly { readonly name: string }[];
}

export function pullState({ state, merged_at, draft }: PullJson): string {
  if (merged_at) return said("merged");
  return state === "closed" ? said("closed") : draft ? said("draft") : said("open");
}
