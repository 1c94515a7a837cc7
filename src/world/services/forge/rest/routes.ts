/** Every operation of the REST API. A new area is a file beside this one and a line here. */
import { alertRoutes } from "./alerts.ts";
import { branchRoutes } from "./branches.ts";
import { commitRoutes } from "./commits.ts";
import { repositoryRoutes } from "./repositories.ts";
import type { Route } from "./route.ts";

export const ROUTES: readonly Route[] = [
  ...repositoryRoutes,
  ...branchRoutes,
  ...commitRoutes,
  ...alertRoutes,
];
