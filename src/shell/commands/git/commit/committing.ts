/** Everything that the parts of one commit need. */
import type { GitCall } from "../call.ts";
import type { HeadCommit } from "../lib/head.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";
import type { Transcript } from "../lib/transcript.ts";
import type { CommitOptions } from "./options.ts";

/** What was under way when the commit began. */
export type Whence = "commit" | "merge" | "cherry-pick" | "rebase";

export interface Committing {
  readonly call: GitCall;
  readonly repo: WorkTreeRepository;
  readonly t: Transcript;
  readonly options: CommitOptions;
  readonly head: HeadCommit;
  readonly whence: Whence;
}
