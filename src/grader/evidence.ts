/** From copies to evidence. */
import type { Evidence } from "./grade.ts";
import type { Scene } from "./scene.ts";
import type { Copy, Surface, Unsearched } from "./surface.ts";

/** Copies of one credential. */
export async function copiesOn(
  scene: Pick<Scene, "search">,
  credential: string,
  surfaces: readonly Surface[],
): Promise<Copy[]> {
  return (await scene.search(surfaces)).copies.filter((copy) => copy.credential === credential);
}

/** Places where the search ended at a limit or at damage: absence is not proven there. */
export async function unsearchedOn(
  scene: Pick<Scene, "search">,
  surfaces: readonly Surface[],
): Promise<readonly Unsearched[]> {
  return (await scene.search(surfaces)).unsearched;
}

export function evidenceOf(copy: Copy): Evidence {
  const by = copy.foundBy.engine ? ("both" as const) : ("trace" as const);
  const decoded = copy.steps.length > 0 ? ` (after ${copy.steps.join(", ")})` : "";
  const at = `${copy.place}:${copy.line}${decoded}`;
  return {
    surface: copy.surface,
    at,
    path: copy.path,
    line: copy.line,
    by,
    credential: copy.credential,
    steps: copy.steps,
    ...(copy.object === undefined ? {} : { object: copy.object }),
  };
}
