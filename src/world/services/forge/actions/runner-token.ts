/** Short-lived tokens with which a machine becomes a runner, or stops being one. https://docs.github.com/en/rest/actions/self-hosted-runners */
import { toBase64, fromUtf8 } from "../../../../base/bytes.ts";
import { tableName } from "../../../../base/tables.ts";
import type { Forge } from "../forge.ts";
import { FORGE_ORIGIN } from "../host.ts";
import type { Runner } from "./model.ts";

export interface RunnerToken {
  /** `owner/name`, or an organisation. */
  readonly of: string;
  readonly use: "registration" | "removal";
  readonly expiresAtMs: number;
}

/** By the token. */
const RUNNER_TOKENS = tableName<RunnerToken>("actions/runner-tokens");

const HOUR_MS = 3_600_000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function newRunnerToken(
  forge: Forge,
  of: string,
  use: RunnerToken["use"],
): { readonly token: string; readonly expiresAtMs: number } {
  const token = `A${forge.ports.random(28, LETTERS)}`;
  const expiresAtMs = forge.now() + HOUR_MS;
  forge.ports.tables.of(RUNNER_TOKENS).set(token, { of, use, expiresAtMs });
  return { token, expiresAtMs };
}

/** For what a presented token still stands; null where it does not. */
export function findRunnerToken(forge: Forge, token: string): RunnerToken | null {
  const found = forge.ports.tables.of(RUNNER_TOKENS).get(token);
  return found && found.expiresAtMs > forge.now() ? found : null;
}

/** What `run.sh --jitconfig` takes: the runner's files, each in base64, as JSON in base64. */
export function jitConfig(forge: Forge, runner: Runner): string {
  const clientId = forge.ports.random(32, "0123456789abcdef");
  const files = {
    ".runner": {
      AgentId: runner.id,
      AgentName: runner.name,
      PoolName: runner.group,
      Ephemeral: true,
      ServerUrl: FORGE_ORIGIN,
      GitHubUrl: `${FORGE_ORIGIN}/${runner.of}`,
      WorkFolder: "_work",
    },
    ".credentials": {
      Scheme: "OAuth",
      Data: { clientId, authorizationUrl: `${FORGE_ORIGIN}/_apis/oauth2/token` },
    },
  };
  const encoded = Object.entries(files).map(([name, content]) => [name, inBase64(JSON.stringify(content))]);
  return inBase64(JSON.stringify(Object.fromEntries(encoded)));
}

function inBase64(text: string): string {
  return toBase64(fromUtf8(text));
}
