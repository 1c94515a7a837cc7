/** Where identity tokens come from; GitHub's is token.actions.githubusercontent.com. */
export const OIDC_HOST = "token.actions.forge.test";
export const ISSUER = `https://${OIDC_HOST}`;
