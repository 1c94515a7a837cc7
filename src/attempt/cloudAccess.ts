/** The cloud of a lab as it begins: its account, the users whose keys the lab plants, and who is signed in where. */
import { invariant } from "../base/invariant.ts";
import type { Manifest } from "../lab/manifest.ts";
import { LEARNER, personOf, type Person } from "../world/person.ts";
import { openAccount } from "../world/services/cloud/account.ts";
import { accessKeyIdOf, actorOf } from "../world/services/cloud/authenticate.ts";
import { awsPolicyNamed } from "../world/services/cloud/iam/awsPolicies.ts";
import { adoptKey, createKey } from "../world/services/cloud/keys.ts";
import { REGION } from "../world/services/cloud/model.ts";
import { addUser, attachToUser, userNamed } from "../world/services/cloud/users.ts";
import type { World } from "../world/world.ts";
import { giveMachine } from "./settle.ts";

/** Who runs the account where a lab says nothing else about them. */
const ADMINISTRATOR = { mina: ["AdministratorAccess"] };

export function openCloud(world: World, { services, cloud }: Manifest): void {
  if (!services.includes("cloud")) return;
  const ports = world.ports("cloud");
  const access = { ...ADMINISTRATOR, ...cloud.access };
  openAccount(ports, contactsOf([...Object.keys(access), LEARNER.login]));
  for (const credential of world.credentials.all()) {
    if (credential.issuer !== "cloud") continue;
    const user = actorOf(credential);
    const { createdAtMs } = credential;
    if (!userNamed(ports, user)) addUser(ports, user, { createdAtMs });
    adoptKey(ports, credential, user, accessKeyIdOf(credential));
  }
  for (const [login, policies] of Object.entries(access))
    signIn(world, login, typeof policies === "string" ? [policies] : policies);
}

/** AWS writes to everybody who works with the account. */
function contactsOf(logins: readonly string[]): string[] {
  return [...new Set(logins)].flatMap((login) => personOf(login)?.email ?? []);
}

function signIn(world: World, login: string, policies: readonly string[] = []): void {
  const person = personOf(login);
  invariant(person, `there is nobody called ${login}`);
  const ports = world.ports("cloud");
  if (!userNamed(ports, login)) addUser(ports, login);
  for (const name of policies) attachToUser(ports, login, awsPolicyNamed(name) ?? "");
  giveMachine(world, person);
  writeProfile(world, person, createKey(ports, login, { session: true }));
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
function writeProfile(
  world: World,
  { login, home, machine }: Person,
  { key, credential }: ReturnType<typeof createKey>,
): void {
  const disk = world.machines.get(machine);
  const user = { name: login };
  disk.mkdir(`${home}/.aws`, { recursive: true }, user);
  const secret = `aws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${credential.value}\n`;
  disk.write(`${home}/.aws/credentials`, `[default]\n${secret}`, user);
  disk.write(`${home}/.aws/config`, `[default]\nregion = ${REGION}\noutput = json\n`, user);
  for (const name of ["credentials", "config"]) disk.chmod(`${home}/.aws/${name}`, 0o600);
}
