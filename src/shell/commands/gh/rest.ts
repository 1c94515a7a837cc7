/** What gh reads out of the forge's answers. https://docs.github.com/en/rest */

export interface User {
  readonly login: string;
  readonly id: number;
  readonly node_id?: string;
  readonly name?: string | null;
  readonly type?: string;
}

export interface Label {
  readonly id?: number;
  readonly node_id?: string;
  readonly name: string;
  readonly color?: string | null;
  readonly description?: string | null;
}

export interface Issue {
  readonly id: number;
  readonly node_id?: string;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: "open" | "closed";
  readonly state_reason?: string | null;
  readonly html_url: string;
  readonly user: User | null;
  readonly labels?: readonly Label[];
  readonly assignees?: readonly User[];
  readonly comments?: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly locked?: boolean;
  readonly pull_request?: unknown;
}

export interface Side {
  readonly ref: string;
  readonly sha: string;
  readonly label?: string;
  readonly user?: User | null;
  readonly repo: {
    readonly id?: number;
    readonly name: string;
    readonly full_name: string;
    readonly owner: User;
  } | null;
}

export interface Pull extends Issue {
  readonly draft?: boolean;
  readonly merged?: boolean;
  readonly merged_at: string | null;
  readonly merged_by?: User | null;
  readonly merge_commit_sha?: string | null;
  readonly mergeable?: boolean | null;
  readonly mergeable_state?: string;
  readonly head: Side;
  readonly base: Side;
  readonly requested_reviewers?: readonly User[];
  readonly additions?: number;
  readonly deletions?: number;
  readonly changed_files?: number;
  readonly maintainer_can_modify?: boolean;
  readonly auto_merge?: unknown;
}

export interface Comment {
  readonly id: number;
  readonly body: string | null;
  readonly user: User | null;
  readonly html_url: string;
  readonly created_at: string;
  readonly updated_at?: string;
  readonly author_association?: string;
}

export interface Review {
  readonly id: number;
  readonly user: User | null;
  readonly body: string | null;
  readonly state: string;
  readonly submitted_at?: string | null;
  readonly author_association?: string;
}

export interface Repo {
  readonly id: number;
  readonly node_id?: string;
  readonly name: string;
  readonly full_name: string;
  readonly owner: User;
  readonly private: boolean;
  readonly visibility?: string;
  readonly description: string | null;
  readonly fork: boolean;
  readonly archived?: boolean;
  readonly html_url: string;
  readonly clone_url?: string;
  readonly default_branch: string;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
  readonly pushed_at?: string | null;
  readonly parent?: Repo | null;
  readonly has_issues?: boolean;
  readonly homepage?: string | null;
  readonly topics?: readonly string[];
  readonly permissions?: Readonly<Record<string, boolean>>;
  readonly allow_merge_commit?: boolean;
  readonly allow_squash_merge?: boolean;
  readonly allow_rebase_merge?: boolean;
  readonly delete_branch_on_merge?: boolean;
  readonly forks_count?: number;
  readonly stargazers_count?: number;
}

export interface Run {
  readonly id: number;
  readonly name: string | null;
  readonly display_title: string;
  readonly run_number: number;
  readonly run_attempt: number;
  readonly event: string;
  readonly status: string | null;
  readonly conclusion: string | null;
  readonly workflow_id: number;
  readonly path?: string;
  readonly head_branch: string | null;
  readonly head_sha: string;
  readonly html_url: string;
  readonly created_at: string;
  readonly run_started_at?: string | null;
  readonly updated_at: string;
  readonly actor?: User | null;
}

export interface Step {
  readonly number: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
}

export interface Job {
  readonly id: number;
  readonly run_id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly html_url?: string | null;
  readonly check_run_url?: string;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly state: string;
  readonly html_url?: string;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly size_in_bytes: number;
  readonly expired: boolean;
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state?: string;
  readonly content_type?: string;
  readonly download_count?: number;
  readonly url: string;
  readonly browser_download_url?: string;
  readonly created_at?: string;
  readonly updated_at?: string;
}

export interface Release {
  readonly id: number;
  readonly node_id?: string;
  readonly tag_name: string;
  readonly target_commitish?: string;
  readonly name: string | null;
  readonly body: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly html_url: string;
  readonly url?: string;
  readonly upload_url?: string;
  readonly created_at: string;
  readonly published_at: string | null;
  readonly author: User | null;
  readonly assets?: readonly Asset[];
}

/** Of `GET /repos/{owner}/{repo}/rules/branches/{branch}` and of a ruleset. */
export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly ruleset_id?: number;
  readonly ruleset_source?: string;
  readonly ruleset_source_type?: string;
}

/** As gh's own JSON names a person. */
export function author(user: User | null | undefined): Readonly<Record<string, unknown>> {
  if (!user) return { login: "ghost" };
  return user.type === "Bot"
    ? { is_bot: true, login: `app/${user.login.replace(/\[bot\]$/, "")}` }
    : person(user);
}

export function person(user: User): Readonly<Record<string, unknown>> {
  return { id: user.node_id ?? "", is_bot: false, login: user.login, name: user.name ?? "" };
}

export function loginOf(user: User | null | undefined): string {
  return user?.login ?? "ghost";
}

export function labelsJson(labels: readonly Label[] | undefined): unknown[] {
  return (labels ?? []).map(({ node_id: id, name, color, description }) => ({
    id: id ?? "",
    name,
    description: description ?? "",
    color: color ?? "",
  }));
}

export function commentJson(comment: Comment): Readonly<Record<string, unknown>> {
  return {
    id: String(comment.id),
    author: { login: loginOf(comment.user) },
    authorAssociation: comment.author_association ?? "NONE",
    body: comment.body ?? "",
    createdAt: comment.created_at,
    includesCreatedEdit: comment.updated_at !== undefined && comment.updated_at !== comment.created_at,
    isMinimized: false,
    minimizedReason: "",
    reactionGroups: [],
    url: comment.html_url,
  };
}
