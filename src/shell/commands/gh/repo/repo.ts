/** `gh repo`. https://cli.github.com/manual/gh_repo */
import { absent, type GhGroup } from "../command.ts";
import { repoClone } from "./clone.ts";
import { repoCreate } from "./create.ts";
import { repoDelete } from "./delete.ts";
import { deployKeyGroup } from "./deployKey.ts";
import { repoEdit } from "./edit.ts";
import { repoFork } from "./fork.ts";
import { repoList } from "./list.ts";
import { repoView } from "./view.ts";

export const repoGroup: GhGroup = {
  name: "repo",
  about: "Work with repositories",
  commands: [
    absent("repo archive", "Archive a repository"),
    absent("repo autolink", "Work with autolink references"),
    repoClone,
    repoCreate,
    repoDelete,
    deployKeyGroup,
    repoEdit,
    repoFork,
    absent("repo gitignore", "List and view gitignore templates"),
    absent("repo license", "Explore repository licenses"),
    repoList,
    absent("repo rename", "Rename a repository"),
    absent("repo set-default", "Choose the default repository of this folder"),
    absent("repo sync", "Sync a repository"),
    absent("repo unarchive", "Unarchive a repository"),
    repoView,
  ],
};
