/** Surfaces of workflow runs and releases: files on the forge's disk, unpacked and without what loggers add. */
import { toUtf8, fromUtf8 } from "../../base/bytes.ts";
import { unpack, type Part } from "../../engine/unpack.ts";
import { artifactPath, assetPath, cachePath } from "../../world/services/forge/actions/files.ts";
import { ARTIFACTS, CACHES, JOBS } from "../../world/services/forge/actions/model.ts";
import type { World } from "../../world/world.ts";
import { contentOf, type GraderMemory } from "../memory.ts";
import type { Item, Surface } from "../surface.ts";
import { recordItem } from "./records.ts";
import type { Source, View } from "./source.ts";

const STEP_FILE = /^\/actions\/runs\/(\d+)\/(\d+)\/(\d+)\/(\d+)(\.txt|\.summary\.md)$/;
const ASSET = /^\/releases\/(\d+)$/;

/** What a runner writes before each line, and colours. */
const ADDED =
  // oxlint-disable-next-line no-control-regex
  /^\uFEFF?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z ?|\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/gm;

export const actions: Source = {
  name: "actions",
  covers: (surface) => surface.startsWith("ci.") || surface === "releases",
  items: async (view, surface) => {
    switch (surface) {
      case "ci.logs":
        return [...stepFiles(view, surface, ".txt"), ...annotations(view)];
      case "ci.summaries":
        return stepFiles(view, surface, ".summary.md");
      case "ci.artifacts":
        return view.world.tables
          .of(ARTIFACTS)
          .all()
          .flatMap(({ id, name, run }) =>
            packed(view, surface, `artifact ${name} of run ${run}`, artifactPath(id)),
          );
      case "ci.caches":
        return view.world.tables
          .of(CACHES)
          .all()
          .flatMap(({ id, key, ref }) => packed(view, surface, `cache ${key} of ${ref}`, cachePath(id)));
      default:
        return assets(view);
    }
  },
};

function stepFiles({ world, memory }: View, surface: Surface, ending: string): Item[] {
  if (!world.machines.has("forge") || !world.forge.disk.exists("/actions/runs")) return [];
  const items: Item[] = [];
  for (const [path, node] of world.forge.disk.walk("/actions/runs")) {
    const [, run, attempt, job, step, kind] = STEP_FILE.exec(path) ?? [];
    if (node.kind !== "file" || kind !== ending) continue;
    const place = `run ${run}${attempt === "1" ? "" : ` attempt ${attempt}`} job ${jobName(world, job)} step ${step}`;
    const { bytes } = node;
    items.push({
      surface,
      place,
      path: `${step}${ending}`,
      content: `log ${contentOf(memory, bytes)}`,
      read: async () => plainLog(memory, bytes),
    });
  }
  return items;
}

function jobName(world: World, job: string | undefined): string {
  return world.tables.of(JOBS).get(job ?? "")?.name ?? job ?? "";
}

function plainLog(memory: GraderMemory, bytes: Uint8Array): Uint8Array {
  const known = memory.plain.get(bytes) ?? fromUtf8(toUtf8(bytes).replace(ADDED, ""));
  memory.plain.set(bytes, known);
  return known;
}

/** Annotations and outputs of jobs are shown with their logs. */
function annotations({ world, memory }: View): Item[] {
  return world.tables
    .of(JOBS)
    .all()
    .map(({ run, name, annotations: notes, outputs }) => ({ run, name, notes, outputs }))
    .filter(({ notes, outputs }) => notes.length > 0 || Object.keys(outputs).length > 0)
    .map((shown) =>
      recordItem(memory, "ci.logs", `run ${shown.run} job ${shown.name} annotations and outputs`, shown),
    );
}

function assets(view: View): Item[] {
  const { world } = view;
  if (!world.machines.has("forge") || !world.forge.disk.exists("/releases")) return [];
  return world.forge.disk
    .list("/releases")
    .map((name) => ASSET.exec(`/releases/${name}`)?.[1])
    .flatMap((id) =>
      id === undefined ? [] : packed(view, "releases", `asset ${id}`, assetPath(Number(id))),
    );
}

/** The members of a container, then the container as it lies. */
function packed({ world, memory }: View, surface: Surface, place: string, path: string): Item[] {
  if (!world.machines.has("forge") || !world.forge.disk.exists(path)) return [];
  const bytes = world.forge.disk.read(path);
  const known = memory.unpacked.get(bytes) ?? unpack(bytes);
  memory.unpacked.set(bytes, known);
  const items = known.parts.map((part) => partItem(memory, surface, place, part));
  const cut: Item = { surface, place, path: "", content: "", read: async () => null };
  return known.complete ? items : [...items, cut];
}

function partItem(memory: GraderMemory, surface: Surface, place: string, { path, bytes }: Part): Item {
  const names = path.filter((name) => name !== "gzip");
  return {
    surface,
    place: [place, ...names].join(" "),
    path: names.at(-1) ?? "",
    content: contentOf(memory, bytes),
    read: async () => bytes,
  };
}
