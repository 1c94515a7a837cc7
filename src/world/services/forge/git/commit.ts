/** Commits as git writes them: https://git-scm.com/docs/git-cat-file and gitformat-signature */
import { toUtf8 } from "../../../../base/bytes.ts";

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly atMs: number;
  /** "+0000". */
  readonly zone: string;
}

export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  /** Without the last line break. */
  readonly message: string;
  /** The `gpgsig` header; null where it is not signed. */
  readonly signature: string | null;
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Pick<Signature, "name" | "email" | "atMs"> & { readonly zone?: string };
  /** The author, unless told. */
  readonly committer?: NewCommit["author"];
}

export function parseCommit(id: string, content: Uint8Array): Commit {
  const text = toUtf8(content);
  const end = text.indexOf("\n\n");
  const header = text.slice(0, end < 0 ? text.length : end).replaceAll("\n ", "\u0000");
  const lines = header.split("\n").map((line) => {
    const space = line.indexOf(" ");
    return [line.slice(0, space), line.slice(space + 1)] as const;
  });
  const all = (name: string) => lines.filter(([key]) => key === name).map(([, value]) => value);
  return {
    id,
    tree: all("tree")[0] ?? "",
    parents: all("parent"),
    author: parseSignature(all("author")[0] ?? ""),
    committer: parseSignature(all("committer")[0] ?? ""),
    message: end < 0 ? "" : text.slice(end + 2).replace(/\n$/, ""),
    signature: all("gpgsig")[0]?.replaceAll("\u0000", "\n") ?? null,
  };
}

export function parseSignature(text: string): Signature {
  const [, name = "", email = "", seconds = "0", zone = "+0000"] =
    /^(.*?) ?<([^>]*)> (-?\d+) ([+-]\d{4})$/.exec(text) ?? [];
  return { name, email, atMs: Number(seconds) * 1000, zone };
}

export function commitText({ tree, parents, message, author, committer = author }: NewCommit): string {
  return [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${signatureText(author)}`,
    `committer ${signatureText(committer)}`,
    "",
    message.endsWith("\n") ? message : `${message}\n`,
  ].join("\n");
}

/** Characters that git drops from names. */
export function signatureText({ name, email, atMs, zone = "+0000" }: NewCommit["author"]): string {
  const clean = (text: string) => text.replace(/[<>\u0000-\u001f]/g, "").trim();
  return `${clean(name)} <${clean(email)}> ${Math.floor(atMs / 1000)} ${zone}`;
}
