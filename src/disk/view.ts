/** A disk as one user has it: just-bash's filesystem interface (which contains just-git's). */
import type { BufferEncoding, CpOptions, FileContent, FsStat, IFileSystem, MkdirOptions, RmOptions } from "just-bash/browser";
import { fromBase64, fromHex, fromLatin1, fromUtf8, toBase64, toHex, toLatin1, toUtf8 } from "../base/bytes.ts";
import type { Files } from "./files.ts";
import { joinPath, resolvePath } from "./path.ts";
import type { User } from "./user.ts";
