/** Names absence where git's protocol wants an object id. */
export const ZERO_ID = "0".repeat(40);

export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}
