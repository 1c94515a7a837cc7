/** With a deploy token: it shows what runs. Nothing is deployed: a bot has nothing of its own to run there. */
import { consumers } from "../services/consumers/consumers.ts";
import { DEPLOY_HOST } from "../services/consumers/host.ts";
import { grantsOf } from "../services/consumers/tokens.ts";
import { send, type Attempt, type Use } from "./use.ts";

export const useDeploy: Use = {
  validate: async (attempt) => ((await reached(attempt)).length > 0 ? "it works" : null),

  async enumerate(attempt) {
    const names = await reached(attempt);
    return names.length > 0 ? `it may deploy ${names.join(", ")}` : null;
  },

  read: async () => null,
  persist: async () => null,
};

async function reached(attempt: Attempt): Promise<string[]> {
  const { services } = grantsOf(attempt.credential);
  const known = services ?? consumers(attempt.ports).map(({ name }) => name);
  const names: string[] = [];
  for (const name of known) {
    const { status } = await send(attempt, "GET", `https://${DEPLOY_HOST}/${name}`);
    if (status === 200) names.push(name);
  }
  return names;
}
