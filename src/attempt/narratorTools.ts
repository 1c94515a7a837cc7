/**
 * Commands that only narrators and stories have. A shell runs a command only where its path has a file of that name, so
 * the files are there while a narrator works and gone when the learner comes.
 */
import type { Disk } from "../disk/disk.ts";
import { addCommand } from "../disk/layout.ts";

export function installTools(disk: Disk, names: readonly string[]): void {
  for (const name of names) addCommand(disk, name);
}

export function removeTools(disk: Disk, names: readonly string[]): void {
  for (const name of names)
    for (const folder of ["/bin", "/usr/bin"]) disk.remove(`${folder}/${name}`, { force: true });
}
