/** From copies to evidence. */
import type { Evidence } from "./grade.ts";
import type { Copy, Surface } from "./surface.ts";

export function copiesOn(copies: readonly Copy[], credential: string, surfaces: readonly Surface[]): Copy[] {
  return copies.filter((copy) => copy.credential === credential && surfaces.includes(copy.surface));
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
    ...(copy.object === undefined ? {} : { object: copy.object }),
  };
}
