/** The open documents of the editor: files of the world with drafts, files that a statement waits for, patches. */
import { signal, type Signal } from "@preact/signals";
import type { Waiting } from "../../worker/protocol.ts";
import type { CommitDetail, FileContent, Waits } from "../../worker/protocol.ts";
import type { Refusal, Session } from "../attempt/session.ts";

export interface FileDocument {
  readonly kind: "file";
  readonly path: string;
  /** What the disk held when it was last read, and its hash ("" where there is no such file). */
  readonly base: string;
  readonly hash: string;
  readonly draft: string;
  /** Grows when the draft was replaced from outside the editor: only then the editor takes it over. */
  readonly loaded: number;
  readonly binary: boolean;
  readonly deleted: boolean;
  /** The disk changed under an unsaved draft: the learner chooses. */
  readonly theirs: FileContent | null;
  /** A statement waits for this editor. */
  readonly waiting: Waiting | null;
}

export interface PatchDocument {
  readonly kind: "patch";
  readonly path: string;
  readonly detail: CommitDetail;
}

export type Document = FileDocument | PatchDocument;

export interface Place {
  readonly path: string;
  readonly line: number;
}

export interface Documents {
  readonly open: Signal<readonly Document[]>;
  readonly current: Signal<string | null>;
  /** Whether a file is shown beside what the newest commit has of it. */
  readonly compared: Signal<boolean>;
  /** Where the editor should put the cursor next. */
  readonly goTo: Signal<Place | null>;
  openFile(path: string, line?: number): Promise<boolean>;
  openPatch(id: string): Promise<boolean>;
  /** Opens the file that a statement waits for; false where it is open for that already. */
  openWaiting(waits: Extract<Waits, { for: "editor" }>): Promise<boolean>;
  change(path: string, draft: string): void;
  save(path: string): Promise<Refusal | null>;
  /** Ends the wait of a statement, with or without saving what was written. */
  finish(path: string, save: boolean): Promise<Refusal | null>;
  keepMine(path: string): void;
  takeTheirs(path: string): void;
  close(path: string): void;
  /** Looks at the disk again, after the world changed. */
  refresh(): Promise<void>;
}

export function isDirty(document: Document): boolean {
  return document.kind === "file" && document.draft !== document.base;
}

function fileDocument(
  path: string,
  file: FileContent | null,
  waiting: Waiting | null,
  loaded = 0,
): FileDocument {
  const base = file?.content ?? "";
  const hash = file?.hash ?? "";
  const binary = file?.binary ?? false;
  return {
    kind: "file",
    path,
    base,
    hash,
    draft: base,
    loaded,
    binary,
    deleted: false,
    theirs: null,
    waiting,
  };
}

/** What a document becomes when the disk holds `file` now. */
export function seen(document: FileDocument, file: FileContent | null): FileDocument {
  if (!file) return document.hash === "" ? document : { ...document, deleted: true };
  if (file.hash === document.hash) return document.deleted ? { ...document, deleted: false } : document;
  if (!isDirty(document) || file.content === document.draft) {
    const loaded = document.loaded + (file.content === document.draft ? 0 : 1);
    return fileDocument(document.path, file, document.waiting, loaded);
  }
  return { ...document, deleted: false, theirs: file };
}

/** The learner's draft stays; saving it replaces what the disk holds now. */
export function mine(document: FileDocument): FileDocument {
  if (!document.theirs) return document;
  return { ...document, base: document.theirs.content, hash: document.theirs.hash, theirs: null };
}

function refusalOf(answer: object): Refusal | null {
  if ("message" in answer) return answer as Refusal;
  const { refused } = answer as { refused?: { code: string; message: string } };
  return refused ? { refused: true, ...refused } : null;
}

export function createDocuments(session: Session): Documents {
  const open = signal<readonly Document[]>([]);
  const current = signal<string | null>(null);
  const compared = signal(false);
  const goTo = signal<Place | null>(null);
  const find = (path: string) => open.value.find((document) => document.path === path);
  const put = (document: Document) => {
    const known = find(document.path) !== undefined;
    open.value = known
      ? open.value.map((other) => (other.path === document.path ? document : other))
      : [...open.value, document];
  };
  const withFile = (path: string, change: (document: FileDocument) => FileDocument) => {
    const document = find(path);
    if (document?.kind === "file") put(change(document));
  };
  const read = (path: string) => session.client?.ask({ ask: "read", path }) ?? Promise.resolve(null);
  const close = (path: string) => {
    const index = open.value.findIndex((document) => document.path === path);
    open.value = open.value.filter((document) => document.path !== path);
    if (current.value === path)
      current.value = open.value[Math.min(index, open.value.length - 1)]?.path ?? null;
  };
  const refresh = async () => {
    for (const { path, kind } of open.value) {
      if (kind !== "file") continue;
      const file = await read(path);
      withFile(path, (document) => seen(document, file));
    }
  };
  const save = async (path: string) => {
    const document = find(path);
    if (document?.kind !== "file") return null;
    const { draft, hash, waiting } = document;
    const refusal = refusalOf(await session.save(path, draft, hash, waiting ?? undefined));
    if (!refusal) withFile(path, (now) => ({ ...now, base: draft, deleted: false }));
    await refresh();
    return refusal;
  };
  return {
    open,
    current,
    compared,
    goTo,
    close,
    refresh,
    save,
    async openFile(path, line) {
      if (!find(path)) {
        const file = await read(path);
        if (!file) return false;
        put(fileDocument(path, file, null));
      }
      current.value = path;
      if (line !== undefined) goTo.value = { path, line };
      return true;
    },
    async openPatch(id) {
      const detail = await session.client?.ask({ ask: "commit", commit: id });
      if (!detail) return false;
      const path = `commit ${id.slice(0, 7)}`;
      put({ kind: "patch", path, detail });
      current.value = path;
      return true;
    },
    async openWaiting({ at, path, content }) {
      // A save in the editor that is waited for ends in the same wait: what was written stays.
      const held = find(path);
      if (held?.kind === "file" && held.waiting?.line === at.line && held.waiting.terminal === at.terminal)
        return false;
      const file = await read(path);
      const before = find(path);
      const document = fileDocument(path, file, at, before?.kind === "file" ? before.loaded + 1 : 0);
      put({ ...document, draft: content, base: file ? document.base : content });
      current.value = path;
      return true;
    },
    change: (path, draft) => withFile(path, (document) => ({ ...document, draft })),
    async finish(path, saving) {
      const document = find(path);
      if (document?.kind !== "file" || !document.waiting) return null;
      if (saving && isDirty(document)) {
        const refusal = await save(path);
        if (refusal) return refusal;
      }
      close(path);
      return refusalOf(await session.commit({ kind: "close", waiting: document.waiting }));
    },
    keepMine: (path) => withFile(path, mine),
    takeTheirs: (path) =>
      withFile(path, (document) =>
        document.theirs
          ? fileDocument(path, document.theirs, document.waiting, document.loaded + 1)
          : document,
      ),
  };
}
