/**
 * The store's handlers behind a loopback port, driven by the real client `node-vault`. Node's own HTTP server knows no
 * method LIST, so that the client asks for `?list=1` here, as it does behind proxies.
 */
import nodeVault from "node-vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen, type Loopback } from "../../src/server/loopback.ts";
import { STORE_HOST } from "../../src/world/services/store/host.ts";
import { ADDRESS, setting, type Store } from "./bench.ts";
import { CALLS, type Call } from "./calls.ts";

let store: Store;
let loopback: Loopback;
const kept = new Map<string, string>([["nobody", ["s.", "x".repeat(24)].join("")]]);

beforeAll(async () => {
  store = setting();
  kept.set("root", store.root).set("admin", store.admin.value);
  loopback = await listen(store.world.network.from({ address: ADDRESS, session: null }), {
    host: STORE_HOST,
  });
});
afterAll(() => loopback.close());

/** Puts what was kept into the texts of a value. */
function filled<T>(value: T): T {
  const text = JSON.stringify(value ?? null).replace(
    /<(\w+)>/g,
    (_, name: string) => kept.get(name) ?? `<${name}>`,
  );
  return JSON.parse(text) as T;
}

function at(body: unknown, path: string): string {
  return path.split(".").reduce<any>((value, key) => value?.[key], body) as string;
}

interface Refused {
  readonly response?: { readonly statusCode: number; readonly body: { readonly errors: readonly string[] } };
}

async function run({ as = "root", call, args = [], after = 0 }: Call) {
  await store.world.advance(after);
  const client = nodeVault({ endpoint: loopback.origin, noCustomHTTPVerbs: true }) as unknown as Record<
    string,
    (...args: unknown[]) => Promise<unknown>
  > & { token: string };
  client.token = as === "" ? "" : (kept.get(as) ?? "");
  try {
    return { body: await (client[call] as (...args: unknown[]) => Promise<unknown>)(...filled(args)) };
  } catch (error) {
    const { response } = error as Refused;
    if (!response) throw error;
    return { refused: [response.statusCode, ...(response.body.errors ?? [])] };
  }
}

test("there are at least eighty calls", () => expect(CALLS.length).toBeGreaterThanOrEqual(80));

test.each(
  CALLS.map(
    (call, i) =>
      [`${i + 1} ${call.as ?? "root"}: ${call.call} ${JSON.stringify(call.args ?? [])}`, call] as const,
  ),
)("%s", async (_, call) => {
  const { body, refused } = await run(call);
  for (const [name, path] of Object.entries(call.keep ?? {})) kept.set(name, at(body, path));
  if (call.fails) return expect(refused).toEqual(call.fails);
  expect(refused).toBeUndefined();
  if (call.gives === null) expect(body === "" || body === undefined || body === null).toBe(true);
  else expect(body).toMatchObject(filled(call.gives ?? {}));
});
