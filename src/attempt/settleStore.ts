/** The secret store of a lab, and who is signed in to it: a token in `~/.vault-token`, as `bao login` leaves it. */
import type { Manifest } from "../lab/manifest.ts";
import { personOf, type Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { giveMachine } from "./settle.ts";

/** Who holds root where nothing is said. */
const OPERATOR = "priya";

export async function settleStore(world: World, { services, store }: Manifest): Promise<void> {
  if (!services.includes("store")) return;
  const { initialise, tokenFor } = await import("../world/services/store/initialise.ts");
  const ports = world.ports("services");
  initialise(ports);
  const access = { [OPERATOR]: ["root"], ...store.access };
  for (const [login, policies] of Object.entries(access)) {
    const person = personOf(login) as Person;
    giveMachine(world, person);
    const disk = world.machines.get(person.machine);
    const path = `${person.home}/.vault-token`;
    disk.write(path, tokenFor(ports, login, policies), { name: login });
    disk.chmod(path, 0o600);
  }
}
