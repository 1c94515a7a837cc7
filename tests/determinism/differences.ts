/** Where two states differ, in words: what a digest cannot tell. */
import type { PlayData } from "../../src/attempt/play.ts";
import { sha256 } from "../../src/base/digest.ts";
import { toLatin1 } from "../../src/base/bytes.ts";
import { Disk } from "../../src/disk/disk.ts";
import type { DiskData } from "../../src/disk/data.ts";
import { stateData } from "../../src/shell/state.ts";

export function differences(a: PlayData, b: PlayData): string[] {
  const names = Object.keys({ ...a.world.machines, ...b.world.machines });
  const disks = names.flatMap((name) =>
    mapDifferences(`${name} `, files(a.world.machines[name]), files(b.world.machines[name])),
  );
  return [...disks, ...mapDifferences("", plain(a), plain(b))];
}

function files(data: DiskData | undefined): Map<string, string> {
  if (data === undefined) return new Map();
  const nodes = [...Disk.restore(data, { now: () => 0 }).walk("/")];
  return new Map(
    nodes.map(([path, node]) => {
      const content =
        node.kind === "file"
          ? `${sha256(node.bytes)} ${JSON.stringify(toLatin1(node.bytes.subarray(0, 300)))}`
          : node.kind === "link"
            ? node.target
            : "";
      return [path, `${node.kind} ${node.mode.toString(8)} ${node.owner} ${node.mtimeMs} ${content}`];
    }),
  );
}

/** Everything else, by dotted name. */
function plain({ world, shells }: PlayData): Map<string, string> {
  const { machines: _machines, ...rest } = world;
  const found = new Map<string, string>();
  const visit = (name: string, value: unknown): void => {
    if (typeof value !== "object" || value === null)
      return void found.set(name, JSON.stringify(value) ?? "undefined");
    for (const [key, item] of Object.entries(value)) visit(`${name}.${key}`, item);
  };
  visit("world", rest);
  for (const [number, state] of shells)
    visit(
      `shell ${number}`,
      Object.fromEntries(
        Object.entries(state).map(([key, value]) => [key, JSON.stringify(stateData(value))]),
      ),
    );
  return found;
}

function mapDifferences(
  kind: string,
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): string[] {
  const names = [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name));
  return names.map((name) => `${kind}${name}:\n  ${a.get(name) ?? "absent"}\n  ${b.get(name) ?? "absent"}`);
}
