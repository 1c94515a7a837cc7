/** Files that were chosen or dropped: attempts by themselves, in folders, in archives. Read here, sent nowhere. */
import { unzipSync, type UnzipFileInfo } from "fflate";
import { refusal, type Refusal } from "../../report/refusal.ts";
import {
  isAttemptName,
  MAX_BYTES,
  readSubmission,
  tooLarge,
  type Submission,
} from "../../report/submission.ts";

/** A file with its place below what was chosen. */
export interface Placed {
  readonly path: string;
  readonly file: File;
}

export interface HandedIn {
  readonly submissions: readonly Submission[];
  readonly refused: readonly Refusal[];
  /** Files that are neither attempts nor archives. */
  readonly leftOut: number;
}

const MAX_ARCHIVE = 64 << 20;
const MAX_DEPTH = 8;

export function chosen(files: FileList | null): readonly Placed[] {
  return [...(files ?? [])].map((file) => ({
    path: belowFolder(file.webkitRelativePath) || file.name,
    file,
  }));
}

/** A chosen folder is where paths begin. */
function belowFolder(path: string): string {
  return path.split("/").slice(1).join("/");
}

/** The entries must be taken at once: a drop is gone when its event is over. */
export async function dropped(data: DataTransfer): Promise<readonly Placed[]> {
  const items = [...data.items].filter(({ kind }) => kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const alone = entries.length === 1;
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (!entry) return [];
      return entry instanceof File ? [{ path: entry.name, file: entry }] : filesBelow(entry, MAX_DEPTH);
    }),
  );
  return found.flat().map(({ path, file }) => ({ path: (alone && belowFolder(path)) || path, file }));
}

async function filesBelow(entry: FileSystemEntry, depth: number): Promise<readonly Placed[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  if (depth === 0) return [];
  const found: Placed[] = [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (let some = await readSome(reader); some.length > 0; some = await readSome(reader))
    for (const inner of some) found.push(...(await filesBelow(inner, depth - 1)));
  return found;
}

/** A reader gives a hundred entries at a time, and none at the end. */
function readSome(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

export async function handIn(files: readonly Placed[]): Promise<HandedIn> {
  const read = await Promise.all(files.map(readPlaced));
  return {
    submissions: read.flatMap(({ submissions }) => submissions),
    refused: read.flatMap(({ refused }) => refused),
    leftOut: read.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
}

const NOTHING: HandedIn = { submissions: [], refused: [], leftOut: 0 };

async function readPlaced({ path, file }: Placed): Promise<HandedIn> {
  const archive = /\.zip$/i.test(path);
  if (!archive && !isAttemptName(path)) return { ...NOTHING, leftOut: 1 };
  if (file.size > (archive ? MAX_ARCHIVE : MAX_BYTES)) return { ...NOTHING, refused: [tooLarge(path)] };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return archive ? unpacked(path, bytes) : whole([readSubmission(path, bytes)]);
  } catch {
    return { ...NOTHING, refused: [refusal(path, "unreadable")] };
  }
}

/** Only what is an attempt by name is unpacked, and nothing that says it is larger than one. */
export function unpacked(path: string, bytes: Uint8Array): HandedIn {
  const large: Refusal[] = [];
  let total = 0;
  const wanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (!isAttemptName(name)) return false;
    total += originalSize;
    if (originalSize <= MAX_BYTES && total <= MAX_ARCHIVE) return true;
    large.push(tooLarge(name));
    return false;
  };
  try {
    const files = Object.entries(unzipSync(bytes, { filter: wanted }));
    const read = whole(files.map(([name, content]) => readSubmission(name, content)));
    return { ...read, refused: [...read.refused, ...large] };
  } catch {
    return { ...NOTHING, refused: [refusal(path, "archive")] };
  }
}

function whole(read: readonly ReturnType<typeof readSubmission>[]): HandedIn {
  return {
    submissions: read.flatMap((result) => (result.ok ? [result.value] : [])),
    refused: read.flatMap((result) => (result.ok ? [] : [result.error])),
    leftOut: 0,
  };
}
