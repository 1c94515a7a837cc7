/**
 * Stands where isomorphic-git imports `pako`, whose every stream reserves a window and tables of 100 kB: what is read
 * of a repository are thousands of objects of a few hundred bytes.
 */
import { deflateZlib } from "../base/deflate.ts";
import { inflateZlib } from "../base/inflate.ts";

/** For indexing packs that were fetched, which nobody here asks isomorphic-git for. */
class Inflate {
  push(): void {
    throw new Error("Streams of pako are not there in LeakLab");
  }
}

export default {
  deflate: (bytes: Uint8Array) => deflateZlib(bytes),
  inflate: (bytes: Uint8Array) => inflateZlib(bytes),
  Inflate,
};
