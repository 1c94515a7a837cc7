/** The connection of `psql`: where to, as whom, and what is asked over it. https://www.postgresql.org/docs/current/libpq-connect.html */
import { err, ok, type Result } from "../../../base/result.ts";
import { UnknownHostError, type Reach } from "../../../world/network.ts";
import {
  WIRE,
  type Answered,
  type Started,
  type Startup,
} from "../../../world/services/database/handlers.ts";

export interface Target {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly database: string;
  /** Null where none is known: the server asks for one. */
  readonly password: string | null;
}

export interface Connected {
  readonly target: Target;
  readonly pid: number;
  readonly address: string;
  readonly version: string;
  query(text: string): Promise<Answered>;
  end(): Promise<void>;
}

/** Connects; the error is what psql prints behind `psql: error: `. */
export async function connectTo(reach: Reach | undefined, target: Target): Promise<Result<Connected>> {
  const { host, port } = target;
  const closed = `connection to server at "${host}", port ${port} failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`;
  const isHere = /^(?:localhost|127\.[\d.]+)$/.test(host);
  const unknown = isHere
    ? closed
    : `could not translate host name "${host}" to address: Name or service not known`;
  if (!reach) return err(unknown);
  const ask = async (path: string, body: object) => {
    const request = new Request(`https://${host}:${port}${path}`, {
      method: "POST",
      headers: { "Content-Type": WIRE },
      body: JSON.stringify(body),
    });
    return (await (await reach(request)).json()) as unknown;
  };
  try {
    if (port !== "5432") return err(closed);
    const started = (await ask("/startup", startup(target))) as Started;
    if ("fatal" in started) {
      const reason =
        target.password === null ? "fe_sendauth: no password supplied" : `FATAL:  ${started.fatal}`;
      return err(`connection to server at "${host}" (${started.address}), port ${port} failed: ${reason}`);
    }
    const { pid, address, version } = started;
    return ok({
      target,
      pid,
      address,
      version,
      query: async (text) => (await ask("/query", { pid, query: text })) as Answered,
      end: async () => void (await ask("/terminate", { pid })),
    });
  } catch (error) {
    if (error instanceof UnknownHostError || error instanceof TypeError) return err(unknown);
    if (error instanceof SyntaxError)
      return err(`connection to server at "${host}", port ${port} failed: Connection refused`);
    throw error;
  }
}

function startup({ user, password, database }: Target): Startup {
  return { user, password: password ?? "", database, application_name: "psql" };
}
