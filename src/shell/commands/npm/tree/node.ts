/** A folder of the tree of node_modules, and what it needs. */
import { fieldsOf, textsOf, type Manifest } from "./manifest.ts";
import { compareText } from "./order.ts";
import { fits, parseSpec, type Spec } from "./spec.ts";

export type EdgeKind = "prod" | "dev" | "optional" | "peer" | "peerOptional";

export interface Edge {
  readonly from: TreeNode;
  readonly name: string;
  readonly kind: EdgeKind;
  /** As written. */
  readonly text: string;
  readonly spec: Spec;
}

export interface Found {
  readonly manifest: Manifest;
  /** Where its archive is; null where there is none to fetch. */
  readonly resolved: string | null;
  readonly integrity: string | null;
}

export class TreeNode {
  /** Of its folder; "" for the root. */
  readonly name: string;
  readonly children = new Map<string, TreeNode>();
  parent: TreeNode | null = null;
  manifest: Manifest;
  resolved: string | null;
  integrity: string | null;
  /** Only the root has dependencies for development. */
  readonly #legacyPeers: boolean;
  #edges: readonly Edge[] | null = null;

  constructor(name: string, { manifest, resolved, integrity }: Found, legacyPeers = false) {
    this.name = name;
    this.manifest = manifest;
    this.resolved = resolved;
    this.integrity = integrity;
    this.#legacyPeers = legacyPeers;
  }

  get isRoot(): boolean {
    return this.parent === null;
  }

  get depth(): number {
    return this.parent === null ? 0 : this.parent.depth + 1;
  }

  /** "node_modules/a/node_modules/b"; "" for the root. */
  get location(): string {
    if (this.parent === null) return "";
    const { location } = this.parent;
    return `${location === "" ? "" : `${location}/`}node_modules/${this.name}`;
  }

  get version(): string {
    return this.manifest.version;
  }

  add(child: TreeNode): void {
    child.parent = this;
    this.children.set(child.name, child);
  }

  /** What a program in this folder gets by that name. */
  resolve(name: string): TreeNode | undefined {
    return this.children.get(name) ?? this.parent?.resolve(name);
  }

  isWithin(other: TreeNode): boolean {
    return this === other || (this.parent?.isWithin(other) ?? false);
  }

  /** By name; an optional dependency counts before one that has to be there. */
  get edges(): readonly Edge[] {
    this.#edges ??= this.#read();
    return this.#edges;
  }

  edge(name: string): Edge | undefined {
    return this.edges.find((edge) => edge.name === name);
  }

  /** Its package.json was changed. */
  become(manifest: Manifest): void {
    this.manifest = manifest;
    this.#edges = null;
  }

  #read(): Edge[] {
    const { fields } = this.manifest;
    const found = new Map<string, Edge>();
    const read = (value: unknown, kindOf: (name: string) => EdgeKind) => {
      for (const [name, text] of textsOf(value))
        found.set(name, { from: this, name, text, kind: kindOf(name), spec: parseSpec(name, text) });
    };
    const meta = fieldsOf(fields["peerDependenciesMeta"]);
    const isOptional = (name: string) => fieldsOf(meta[name])["optional"] === true;
    if (!this.#legacyPeers)
      read(fields["peerDependencies"], (name) => (isOptional(name) ? "peerOptional" : "peer"));
    if (this.isRoot) read(fields["devDependencies"], () => "dev");
    read(fields["dependencies"], () => "prod");
    read(fields["optionalDependencies"], () => "optional");
    return [...found.values()].sort((a, b) => compareText(a.name, b.name));
  }
}

/** Where an edge leads: what its owner would get. A peer is beside its owner, never within. */
export function target({ from, name, kind }: Edge): TreeNode | undefined {
  const start = kind.startsWith("peer") && from.parent ? from.parent : from;
  return start.resolve(name);
}

export function isValid(edge: Edge): boolean {
  const found = target(edge);
  if (!found) return edge.kind === "peerOptional";
  return fits(found.manifest, edge.spec);
}

/** The node and all below it: parents first, and then in the order of their names. */
export function* walk(node: TreeNode): Generator<TreeNode> {
  yield node;
  for (const child of sorted(node.children.values())) yield* walk(child);
}

export function sorted(nodes: Iterable<TreeNode>): TreeNode[] {
  return [...nodes].sort((a, b) => a.depth - b.depth || compareText(a.location, b.location));
}
