/** Comes in at a server by ssh: a shell there, as its user, with the commands of a machine that runs jobs. */
import { letOthersRun } from "../pipeline/runner/background.ts";
import { RUNNER_UID } from "../pipeline/runner/image.ts";
import { shellCommands } from "../shell/commands.ts";
import type { SshPort, SshSession } from "../shell/commands/ssh.ts";
import { shellWord } from "../shell/commands/lib/invocation.ts";
import { curlFetch } from "../shell/curlFetch.ts";
import { Shell } from "../shell/session.ts";
import type { Person } from "../world/person.ts";
import { serverNamed, type Server } from "../world/servers.ts";
import type { World } from "../world/world.ts";
import { collector } from "./collector.ts";

type Sleep = (ms: number) => Promise<void>;

export function sshPort(world: World, { login }: Pick<Person, "login">, sleep: Sleep): SshPort {
  return {
    open: async (host, user) => {
      const server = serverNamed(world.tables, host);
      if (!server) return `ssh: Could not resolve hostname ${host}: Name or service not known`;
      if (!server.access.includes(login) || (user ?? server.user) !== server.user)
        return `${user ?? server.user}@${host}: Permission denied (publickey).`;
      await letOthersRun(world, server.name, null);
      return session(world, server, sleep);
    },
  };
}

const INPUT = "/tmp/.ssh-input";

function session(world: World, server: Server, sleep: Sleep): SshSession {
  const home = `/home/${server.user}`;
  const user = { name: server.user };
  const files = world.machines.get(server.name);
  const reach = world.network.from({ address: server.address, session: null });
  const now = () => world.clock.now();
  const { terminal, stdout, stderr } = collector();
  const own = { world, machine: server.name, user: server.user };
  const commands = shellCommands({
    terminal,
    now,
    reach,
    node: { files, user, reach, now, sleep },
    server: own,
  });
  const fs = files.as(user);
  const host = { fs, terminal, commands, fetch: curlFetch(reach), sleep, tick: async () => undefined };
  const shell = new Shell(host, { ...user, home, uid: RUNNER_UID, hostname: server.name, env: {} });
  shell.login(home, now());
  let shown = { stdout: 0, stderr: 0 };
  return {
    prompt: () => `${server.user}@${server.name}:${shell.cwd.replace(home, "~")}$ `,
    run: async (script, input) => {
      const reads = input.length > 0;
      if (reads) files.write(INPUT, input, user);
      const { exitCode, exited } = await shell.run(reads ? `{ ${script}\n} < ${shellWord(INPUT)}` : script);
      if (reads) files.remove(INPUT, { force: true });
      const [out, error] = [stdout(), stderr()];
      const fresh = { stdout: out.slice(shown.stdout), stderr: error.slice(shown.stderr) };
      shown = { stdout: out.length, stderr: error.length };
      return { ...fresh, exitCode, exited };
    },
  };
}
