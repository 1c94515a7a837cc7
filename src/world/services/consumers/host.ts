/** Where services of the company are deployed, and where it is shown how they fare. */
export const DEPLOY_HOST = "deploy.lantern-tides.test";
export const STATUS_HOST = "status.lantern-tides.test";
