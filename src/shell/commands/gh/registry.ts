/** Every command of `gh`. A new one is a file beside this one and a line here. */
import { apiCommand } from "./api.ts";
import { authGroup } from "./auth.ts";
import { cacheGroup } from "./cache.ts";
import { absent, type GhGroup } from "./command.ts";
import { configGroup } from "./config.ts";
import { issueGroup } from "./issue/issue.ts";
import { labelGroup } from "./label.ts";
import { browseCommand, orgGroup, statusCommand, versionCommand } from "./other.ts";
import { prGroup } from "./pr/pr.ts";
import { releaseGroup } from "./release/release.ts";
import { repoGroup } from "./repo/repo.ts";
import { rulesetGroup } from "./ruleset.ts";
import { runGroup } from "./run/run.ts";
import { searchGroup } from "./search.ts";
import { secretGroup } from "./secret.ts";
import { variableGroup } from "./variable.ts";
import { workflowGroup } from "./workflow.ts";

export const ROOT: GhGroup = {
  name: "gh",
  about: "Work with the forge from the command line",
  commands: [
    absent("alias", "Create command shortcuts"),
    apiCommand,
    absent("attestation", "Work with artifact attestations"),
    authGroup,
    browseCommand,
    cacheGroup,
    absent("codespace", "Connect to and manage codespaces"),
    absent("completion", "Generate shell completion scripts"),
    configGroup,
    absent("extension", "Manage gh extensions"),
    absent("gist", "Manage gists"),
    absent("gpg-key", "Manage GPG keys"),
    issueGroup,
    labelGroup,
    orgGroup,
    prGroup,
    absent("project", "Work with projects"),
    releaseGroup,
    repoGroup,
    rulesetGroup,
    runGroup,
    searchGroup,
    secretGroup,
    absent("ssh-key", "Manage SSH keys"),
    statusCommand,
    variableGroup,
    versionCommand,
    workflowGroup,
  ],
};
