/** The forge's addresses. Web, git and REST (below /api/v3, as on GitHub Enterprise Server) share one host. */
export const FORGE_HOST = "forge.test";
export const FORGE_HOSTS: readonly string[] = [FORGE_HOST, "api.forge.test"];
export const FORGE_ORIGIN = `https://${FORGE_HOST}`;
export const API = `${FORGE_ORIGIN}/api/v3`;
/** From where its webhooks come. */
export const FORGE_ADDRESS = "192.0.2.250";
