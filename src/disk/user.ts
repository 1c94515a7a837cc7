/** Who asks, and what the permission bits let them do. */

/**
 * A user. Nodes have an owner and no group of their own: the group of a node is its owner's private group, which has
 * the owner's name (the scheme of Debian and Fedora). Who lists that name in `groups` gets the group bits.
 * @see https://wiki.debian.org/UserPrivateGroups
 */
export interface User {
  readonly name: string;
  readonly groups?: readonly string[];
}

/** Passes every permission check. */
export const ROOT: User = { name: "root" };

export const READ = 4;
export const WRITE = 2;
export const SEARCH = 1;

export const UMASK = 0o022;

export function owns(user: User, node: { readonly owner: string }): boolean {
  return user.name === ROOT.name || user.name === node.owner;
}

/** Whether a user has all the asked bits (READ, WRITE, SEARCH): exactly one of the three classes counts. */
export function may(
  user: User,
  node: { readonly owner: string; readonly mode: number },
  bits: number,
): boolean {
  if (user.name === ROOT.name) return true;
  if (user.name === node.owner) return ((node.mode >> 6) & bits) === bits;
  if (user.groups?.includes(node.owner)) return ((node.mode >> 3) & bits) === bits;
  return (node.mode & bits) === bits;
}
