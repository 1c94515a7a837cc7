/** Where the registry is. */
export const REGISTRY_HOST = "registry.npm.test";
export const REGISTRY = `https://${REGISTRY_HOST}`;
