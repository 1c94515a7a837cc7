/** Every operation of the REST API. A new area is a file beside this one and a line here. */
import { artifactRoutes } from "./actions-artifacts.ts";
import { branchPolicyRoutes } from "./actions-branch-policies.ts";
import { cacheRoutes } from "./actions-caches.ts";
import { downloadRoutes } from "./actions-downloads.ts";
import { jobRoutes } from "./actions-jobs.ts";
import { logRoutes } from "./actions-logs.ts";
import { organisationPermissionRoutes } from "./actions-organisation-permissions.ts";
import { permissionRoutes } from "./actions-permissions.ts";
import { reviewRoutes as deploymentReviewRoutes } from "./actions-reviews.ts";
import { runControlRoutes } from "./actions-run-control.ts";
import { runnerGroupRoutes } from "./actions-runner-groups.ts";
import { runnerRoutes } from "./actions-runners.ts";
import { runRoutes } from "./actions-runs.ts";
import { workflowRoutes } from "./actions-workflows.ts";
import { deploymentRoutes } from "./deployments.ts";
import { dispatchRoutes } from "./dispatches.ts";
import { environmentRoutes } from "./environments.ts";
import { oidcRoutes } from "./oidc.ts";
import { secretRoutes } from "./secrets.ts";
import { variableRoutes } from "./variables.ts";
import { alertRoutes } from "./alerts.ts";
import { branchRoutes } from "./branches.ts";
import { commitRoutes } from "./commits.ts";
import { compareRoutes } from "./compare.ts";
import { archiveRoutes } from "./archives.ts";
import { contentRoutes } from "./contents.ts";
import { gitDataRoutes } from "./git-data.ts";
import { keyRoutes } from "./keys.ts";
import { protectionRoutes } from "./protection.ts";
import { rawRoutes } from "./raw.ts";
import { refRoutes } from "./refs.ts";
import { rulesetRoutes } from "./rulesets.ts";
import { supportRoutes } from "./support.ts";
import { userRoutes } from "./users.ts";
import { organisationRoutes } from "./organisations.ts";
import { organisationTokenRoutes } from "./organisation-tokens.ts";
import { teamRoutes } from "./teams.ts";
import { collaboratorRoutes } from "./collaborators.ts";
import { tokenRoutes } from "./tokens.ts";
import { forkRoutes } from "./forks.ts";
import { issueRoutes } from "./issues.ts";
import { commentRoutes } from "./comments.ts";
import { labelRoutes } from "./labels.ts";
import { pullRoutes } from "./pulls.ts";
import { reviewRoutes } from "./reviews.ts";
import { checkRoutes } from "./checks.ts";
import { statusRoutes } from "./statuses.ts";
import { releaseRoutes } from "./releases.ts";
import { hookRoutes } from "./hooks.ts";
import { auditRoutes } from "./audit.ts";
import { eventRoutes } from "./events.ts";
import { repositoryRoutes } from "./repositories.ts";
import type { Route } from "./route.ts";
import { runPageRoutes } from "./run-page.ts";

export const ROUTES: readonly Route[] = [
  ...repositoryRoutes,
  ...userRoutes,
  ...organisationRoutes,
  ...organisationTokenRoutes,
  ...teamRoutes,
  ...collaboratorRoutes,
  ...tokenRoutes,
  ...forkRoutes,
  ...issueRoutes,
  ...commentRoutes,
  ...labelRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...checkRoutes,
  ...statusRoutes,
  ...releaseRoutes,
  ...hookRoutes,
  ...auditRoutes,
  ...eventRoutes,
  ...branchRoutes,
  ...commitRoutes,
  ...alertRoutes,
  ...protectionRoutes,
  ...refRoutes,
  ...rawRoutes,
  ...gitDataRoutes,
  ...contentRoutes,
  ...archiveRoutes,
  ...compareRoutes,
  ...rulesetRoutes,
  ...keyRoutes,
  ...supportRoutes,
  ...runPageRoutes,
  ...secretRoutes,
  ...variableRoutes,
  ...environmentRoutes,
  ...branchPolicyRoutes,
  ...workflowRoutes,
  ...dispatchRoutes,
  ...runRoutes,
  ...runControlRoutes,
  ...deploymentReviewRoutes,
  ...jobRoutes,
  ...logRoutes,
  ...artifactRoutes,
  ...cacheRoutes,
  ...downloadRoutes,
  ...permissionRoutes,
  ...organisationPermissionRoutes,
  ...runnerRoutes,
  ...runnerGroupRoutes,
  ...oidcRoutes,
  ...deploymentRoutes,
];
