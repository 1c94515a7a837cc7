/**
 * Service containers of a job. There is PostgreSQL, as its image behaves: user, password and database come from the
 * environment, and steps reach it as `localhost` where its port is published. https://hub.docker.com/_/postgres
 */
import type { Reach } from "../../world/network.ts";
import { localHostOf, localServer, startLocal, stopLocal } from "../../world/services/database/local.ts";
import type { World } from "../../world/world.ts";
import type { ServiceContainer } from "../step.ts";

const PUBLISHED = /^(?:[\d.]+:)?5432:5432(?:\/tcp)?$/;

/** What the log says of it. */
export function startContainers(
  { tables }: World,
  machine: string,
  services: readonly ServiceContainer[],
): string[] {
  return services.flatMap(({ name, image, env, ports }) => {
    const head = `##[group]Starting ${name} service container`;
    const password = env["POSTGRES_PASSWORD"] ?? "";
    const trusting = env["POSTGRES_HOST_AUTH_METHOD"] === "trust";
    if (password === "" && !trusting)
      return [
        head,
        "Error: Database is uninitialized and superuser password is not specified.",
        "##[endgroup]",
      ];
    const role = env["POSTGRES_USER"] || "postgres";
    const database = env["POSTGRES_DB"] || role;
    if (ports.some((port) => PUBLISHED.test(port)))
      startLocal(tables, {
        host: localHostOf(machine),
        role,
        password: trusting ? null : password,
        database,
      });
    return [head, `${name} (${image}) is healthy.`, "##[endgroup]"];
  });
}

export function stopContainers({ tables }: World, machine: string): void {
  stopLocal(tables, localHostOf(machine));
}

/** `localhost` is the machine of the job. */
export function withContainers({ tables }: World, machine: string, outside: Reach): Reach {
  return (request) => {
    const url = new URL(request.url);
    const host = localHostOf(machine);
    if (!/^(?:localhost|127\.0\.0\.1)$/.test(url.hostname) || !localServer(tables, host))
      return outside(request);
    url.hostname = host;
    return outside(new Request(url, request));
  };
}
