/** All disks of a world, by the name of their machine: the learner's laptop, colleagues', the forge's, runners'. */
import { sha256 } from "../base/digest.ts";
import { invariant } from "../base/invariant.ts";
import type { DiskData } from "../disk/data.ts";
import { Disk } from "../disk/disk.ts";

export type MachinesData = Readonly<Record<string, DiskData>>;

export class Machines {
  readonly #disks = new Map<string, Disk>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  static restore(data: MachinesData, now: () => number): Machines {
    const machines = new Machines(now);
    for (const [name, disk] of Object.entries(data)) machines.#disks.set(name, Disk.restore(disk, { now }));
    return machines;
  }

  names(): string[] {
    return [...this.#disks.keys()];
  }

  has(name: string): boolean {
    return this.#disks.has(name);
  }

  get(name: string): Disk {
    const disk = this.#disks.get(name);
    invariant(disk, `there is no machine ${name}`);
    return disk;
  }

  /** A machine with an empty disk, or with a copy of another disk, which costs nothing. */
  add(name: string, image?: Disk): Disk {
    invariant(!this.#disks.has(name), `machine ${name} exists`);
    const disk = image ? image.fork({ now: this.#now }) : new Disk({ now: this.#now });
    this.#disks.set(name, disk);
    return disk;
  }

  remove(name: string): void {
    this.#disks.delete(name);
  }

  fork(now: () => number): Machines {
    const fork = new Machines(now);
    for (const [name, disk] of this.#disks) fork.#disks.set(name, disk.fork({ now }));
    return fork;
  }

  data(): MachinesData {
    return Object.fromEntries(this.#sorted().map(([name, disk]) => [name, disk.snapshot()]));
  }

  digest(): string {
    return sha256(
      this.#sorted()
        .map(([name, disk]) => `${name} ${disk.digest()}\n`)
        .join(""),
    );
  }

  #sorted(): [string, Disk][] {
    return [...this.#disks].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
