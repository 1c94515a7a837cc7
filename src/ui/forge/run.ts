/** A workflow run in a list. https://docs.github.com/en/rest/actions/workflow-runs */

export interface RunSummary {
  readonly id: number;
  readonly run_number: number;
  readonly name: string;
  readonly display_title: string;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly head_branch: string | null;
  readonly head_sha: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly actor: { readonly login: string } | null;
}
