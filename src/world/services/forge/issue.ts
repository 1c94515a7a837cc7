/** An issue; a pull request is one too, and shares its number. https://docs.github.com/en/rest/issues/issues */
import { tableName } from "../../../base/tables.ts";
import type { Written } from "./edit.ts";

export interface Issue extends Written {
  readonly id: number;
  /** Number of the repository. */
  readonly repository: number;
  readonly number: number;
  readonly title: string;
  readonly state: "open" | "closed";
  readonly stateReason: "completed" | "not_planned" | "reopened" | "duplicate" | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly locked: boolean;
  readonly lockReason: string | null;
  readonly closedAtMs: number | null;
  readonly closedBy: string | null;
  /** There is a pull request of the same number. */
  readonly pull: boolean;
  /** Former titles; they are shown in the timeline for good. */
  readonly renames: readonly {
    readonly by: string;
    readonly atMs: number;
    readonly from: string;
    readonly to: string;
  }[];
}

export interface Label {
  readonly id: number;
  readonly repository: number;
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly description: string | null;
}

/** A comment on an issue or on the conversation of a pull request. */
export interface Comment extends Written {
  readonly id: number;
  readonly repository: number;
  /** The issue's. */
  readonly number: number;
}

/** By `repository/number`. */
export const ISSUES = tableName<Issue>("forge/issues");
/** By `repository/name`, in lower case. */
export const LABELS = tableName<Label>("forge/labels");
/** By id. */
export const COMMENTS = tableName<Comment>("forge/comments");

/** Key of an issue and of a pull request. */
export function issueKey({ repository, number }: Pick<Issue, "repository" | "number">): string {
  return `${repository}/${number}`;
}
