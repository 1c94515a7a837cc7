/**
 * What stands behind `uses:`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
 */

export type Reference =
  | { readonly kind: "local"; readonly path: string }
  | { readonly kind: "docker"; readonly image: string }
  | RemoteReference;

export interface RemoteReference {
  readonly kind: "remote";
  /** "owner/name". */
  readonly repository: string;
  /** Folder within it; "" for the root. */
  readonly path: string;
  readonly ref: string;
}

/** Null where it is none. */
export function parseReference(uses: string): Reference | null {
  if (uses.startsWith("./") || uses === ".") return { kind: "local", path: uses };
  if (uses.startsWith("docker://")) return { kind: "docker", image: uses.slice("docker://".length) };
  const at = uses.indexOf("@");
  const [owner = "", name = "", ...path] = (at < 0 ? "" : uses.slice(0, at)).split("/");
  const ref = uses.slice(at + 1);
  if (!/^[\w.-]+$/.test(owner) || !/^[\w.-]+$/.test(name) || ref === "" || ref.includes("@")) return null;
  return { kind: "remote", repository: `${owner}/${name}`, path: path.join("/"), ref };
}

export function isFullCommit(ref: string): boolean {
  return /^[0-9a-f]{40}$/.test(ref);
}
