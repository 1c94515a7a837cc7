/** Policies that a store has from the beginning. https://openbao.org/docs/concepts/policies/#built-in-policies */

/** What every token may do beside what its own policies say; an operator may change it, never remove it. */
export const DEFAULT_POLICY = `# What a token may know of itself and do with itself
path "auth/token/lookup-self" {
    capabilities = ["read"]
}
path "auth/token/renew-self" {
    capabilities = ["update"]
}
path "auth/token/revoke-self" {
    capabilities = ["update"]
}
path "sys/capabilities-self" {
    capabilities = ["update"]
}
path "sys/internal/ui/resultant-acl" {
    capabilities = ["read"]
}

# Leases, by an id that one has to know
path "sys/renew" {
    capabilities = ["update"]
}
path "sys/leases/renew" {
    capabilities = ["update"]
}
path "sys/leases/lookup" {
    capabilities = ["update"]
}

# A place of its own
path "cubbyhole/*" {
    capabilities = ["create", "read", "update", "delete", "list"]
}

# Tools
path "sys/wrapping/wrap" {
    capabilities = ["update"]
}
path "sys/wrapping/lookup" {
    capabilities = ["update"]
}
path "sys/wrapping/unwrap" {
    capabilities = ["update"]
}
path "sys/tools/hash" {
    capabilities = ["update"]
}
path "sys/tools/hash/*" {
    capabilities = ["update"]
}
`;

/** Nobody can write or delete them. */
export const FIXED_POLICIES = ["root", "response-wrapping"];

/** Paths that only who has `sudo` may use. https://openbao.org/docs/concepts/policies/#root-protected-api-endpoints */
const PROTECTED = [
  /^auth\/token\/accessors\/?$/,
  /^auth\/token\/(?:create-orphan|revoke-orphan)$/,
  /^sys\/audit(?:\/.*)?$/,
  /^sys\/auth\/.+$/,
  /^sys\/config\/.+$/,
  /^sys\/leases\/(?:lookup\/.*|revoke-prefix\/.+|revoke-force\/.+|tidy)$/,
  /^sys\/(?:revoke-prefix|revoke-force)\/.+$/,
  /^sys\/(?:raw|raw\/.*|remount|rotate|rekey\/.+|seal|step-down)$/,
  /^sys\/plugins\/catalog\/.+\/.+$/,
];

export function needsSudo(path: string): boolean {
  return PROTECTED.some((pattern) => pattern.test(path));
}
