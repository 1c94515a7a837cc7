/** `services:` of a job: containers beside its steps. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idservices */
import type { Scope } from "../expression/evaluate.ts";
import type { ServiceContainer } from "../step.ts";
import { entries, field, items, textOf, textsByKey, type Node } from "../workflow/node.ts";

/** Evaluated; throws ExpressionProblem. */
export function serviceContainers(services: Node | undefined, scope: Scope): ServiceContainer[] {
  return entries(services).map(({ key, value }) => ({
    name: key,
    image: textOf(imageOf(value), scope),
    env: textsByKey(field(value, "env"), scope),
    ports: items(field(value, "ports")).map((port) => textOf(port, scope)),
  }));
}

/** A service may be written as its image alone. */
export function imageOf(service: Node): Node | undefined {
  return service.kind === "mapping" ? field(service, "image") : service;
}

export function isPostgres(image: string): boolean {
  return /^(?:docker\.io\/)?(?:library\/)?postgres(?:[:@][\w.:-]+)?$/.test(image);
}
