/** A disk as one user has it: the filesystem interface of just-bash, which contains that of just-git. */
import type {
  BufferEncoding,
  CpOptions,
  FileContent,
  FsStat,
  IFileSystem,
  MkdirOptions,
  RmOptions,
} from "just-bash/browser";
import {
  fromBase64,
  fromHex,
  fromLatin1,
  fromUtf8,
  toBase64,
  toHex,
  toLatin1,
  toUtf8,
} from "../base/bytes.ts";
import type { Files, ListedStat } from "./files.ts";
import { resolvePath } from "./path.ts";
import type { User } from "./user.ts";

type ByteString = Awaited<ReturnType<NonNullable<IFileSystem["readFileBytes"]>>>;
type Dirent = Awaited<ReturnType<NonNullable<IFileSystem["readdirWithFileTypes"]>>>[number];
type EncodingOption = { readonly encoding?: BufferEncoding | null } | BufferEncoding | undefined;

function encodingOf(option: EncodingOption): BufferEncoding {
  return (typeof option === "string" ? option : option?.encoding) ?? "utf8";
}

function decode(bytes: Uint8Array, encoding: BufferEncoding): string {
  if (encoding === "base64") return toBase64(bytes);
  if (encoding === "hex") return toHex(bytes);
  return encoding === "binary" || encoding === "latin1" ? toLatin1(bytes) : toUtf8(bytes);
}

function encode(content: FileContent, encoding: BufferEncoding): Uint8Array {
  if (typeof content !== "string") return content;
  if (encoding === "base64") return fromBase64(content);
  if (encoding === "hex") return fromHex(content);
  return encoding === "binary" || encoding === "latin1" ? fromLatin1(content) : fromUtf8(content);
}

/**
 * Everything is done at once and for the view's user; promises only fit the interface.
 * Modes are permission bits without the kind of file, as just-bash keeps them.
 * Errors: DiskError, through a rejected promise.
 */
export class DiskView implements IFileSystem {
  readonly #files: Files;
  readonly #user: User;

  constructor(files: Files, user: User) {
    this.#files = files;
    this.#user = user;
  }

  async readFile(path: string, options?: EncodingOption): Promise<string> {
    return decode(this.#files.read(path, this.#user), encodingOf(options));
  }

  async readFileBytes(path: string): Promise<ByteString> {
    return toLatin1(this.#files.read(path, this.#user)) as unknown as ByteString;
  }

  /** A copy, so that no command can change a file behind the disk's back. */
  async readFileBuffer(path: string): Promise<Uint8Array> {
    return this.#files.read(path, this.#user).slice();
  }

  /**
   * The disk's own bytes, at once and not to be changed: the very same array for as long as nobody writes the file.
   * Null where there is no file to read.
   */
  peek(path: string): Uint8Array | null {
    try {
      return this.#files.read(path, this.#user);
    } catch {
      return null;
    }
  }

  /** A whole directory at once, by name; null where it cannot be read and searched. */
  listStats(path: string): ReadonlyMap<string, ListedStat> | null {
    try {
      return this.#files.listStats(path, this.#user);
    } catch {
      return null;
    }
  }

  async writeFile(path: string, content: FileContent, options?: EncodingOption): Promise<void> {
    this.#files.write(path, encode(content, encodingOf(options)), this.#user);
  }

  async appendFile(path: string, content: FileContent, options?: EncodingOption): Promise<void> {
    this.#files.append(path, encode(content, encodingOf(options)), this.#user);
  }

  async exists(path: string): Promise<boolean> {
    return this.#files.exists(path, this.#user);
  }

  async stat(path: string): Promise<FsStat> {
    return this.#files.stat(path, { follow: true }, this.#user);
  }

  async lstat(path: string): Promise<FsStat> {
    return this.#files.stat(path, { follow: false }, this.#user);
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    this.#files.mkdir(path, options, this.#user);
  }

  async readdir(path: string): Promise<string[]> {
    return this.#files.list(path, this.#user);
  }

  async readdirWithFileTypes(path: string): Promise<Dirent[]> {
    return this.#files.listKinds(path, this.#user).map(([name, kind]) => {
      return {
        name,
        isFile: kind === "file",
        isDirectory: kind === "directory",
        isSymbolicLink: kind === "link",
      };
    });
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    this.#files.remove(path, options, this.#user);
  }

  async cp(from: string, to: string, options?: CpOptions): Promise<void> {
    this.#files.copy(from, to, options, this.#user);
  }

  async mv(from: string, to: string): Promise<void> {
    this.#files.rename(from, to, this.#user);
  }

  resolvePath(base: string, path: string): string {
    return resolvePath(base, path);
  }

  /** Every path that the user can see, parents first. */
  getAllPaths(): string[] {
    return Array.from(this.#files.walk("/", this.#user), ([path]) => path);
  }

  async chmod(path: string, mode: number): Promise<void> {
    this.#files.chmod(path, mode, this.#user);
  }

  async symlink(target: string, path: string): Promise<void> {
    this.#files.symlink(target, path, this.#user);
  }

  async link(existing: string, path: string): Promise<void> {
    this.#files.link(existing, path, this.#user);
  }

  async readlink(path: string): Promise<string> {
    return this.#files.readlink(path, this.#user);
  }

  async realpath(path: string): Promise<string> {
    return this.#files.realpath(path, this.#user);
  }

  async utimes(path: string, _atime: Date, mtime: Date): Promise<void> {
    this.#files.utimes(path, mtime.getTime(), this.#user);
  }
}
