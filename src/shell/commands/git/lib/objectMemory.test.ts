import { createGit, findRepo } from "just-git";
import { describe, expect, test } from "vitest";
import { fromUtf8, toUtf8 } from "../../../../base/bytes.ts";
import { Disk } from "../../../../disk/disk.ts";
import type { GitCall } from "../call.ts";
import { type ObjectMemory, remembering } from "./objectMemory.ts";
import { readObject, readTree, writeObject, writeTree } from "./objects.ts";

/** A repository on a disk of ours; each `open` is what the next command gets. */
async function repository() {
  const disk = new Disk({ now: () => 0 });
  const fs = disk.as({ name: "root" }) as unknown as GitCall["fs"];
  await createGit({ fs, cwd: "/r" }).exec("init");
  const memory: ObjectMemory = new WeakMap();
  const open = async () => {
    const found = await findRepo(fs, "/r");
    if (!found) throw new Error("no repository");
    return { ...found, objectStore: remembering(found, fs, memory) };
  };
  const path = (id: string) => `/r/.git/objects/${id.slice(0, 2)}/${id.slice(2)}`;
  return { disk, open, path };
}

describe("the object memory", () => {
  test("gives the very same object to later commands", async () => {
    const { open } = await repository();
    const id = await writeObject(await open(), "blob", fromUtf8("salt"));
    const first = await readObject(await open(), id);
    expect(toUtf8(first?.content as Uint8Array)).toBe("salt");
    expect(await readObject(await open(), id)).toBe(first);
  });

  test("knows trees, and that a blob is none", async () => {
    const { open } = await repository();
    const blob = await writeObject(await open(), "blob", fromUtf8("salt"));
    const entry = { mode: 0o100644, name: "a", id: blob };
    const tree = await writeTree(await open(), [entry]);
    expect(await readTree(await open(), tree)).toEqual([entry]);
    expect(await readTree(await open(), blob)).toBeNull();
  });

  test.each([
    ["removed", (disk: Disk, path: string) => disk.remove(path)],
    ["damaged", (disk: Disk, path: string) => disk.write(path, "no zlib")],
    ["replaced by another object", (disk: Disk, path: string, other: string) => disk.copy(other, path)],
  ])("does not know an object whose file was %s", async (_name, spoil) => {
    const { disk, open, path } = await repository();
    const [id, other] = [
      await writeObject(await open(), "blob", fromUtf8("salt")),
      await writeObject(await open(), "blob", fromUtf8("other")),
    ];
    expect(await readObject(await open(), id)).not.toBeNull();
    expect(await readObject(await open(), other)).not.toBeNull();
    spoil(disk, path(id), path(other));
    expect(await readObject(await open(), id)).toBeNull();
  });
});
