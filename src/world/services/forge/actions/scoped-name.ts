/** What a secret or a variable may be called. https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets */

/** What is wrong with a name, in the forge's words; null where nothing is. */
export function nameProblem(kind: "Secret" | "Variable", name: string): string | null {
  if (name.length > 255) return `${kind} name is too long (maximum is 255 characters).`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return `${kind} names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).`;
  if (/^github_/i.test(name)) return `${kind} names must not start with GITHUB_.`;
  return null;
}

/** Bytes that a value may have. https://docs.github.com/en/actions/reference/security/secrets#limits-for-secrets */
export const LARGEST_VALUE = 48 * 1024;
/** How many a scope may have. */
export const MOST_NAMES = { repository: 100, environment: 100, organisation: 1000 } as const;
