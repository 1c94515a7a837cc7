/**
 * The key-value engine without versions, and the cubbyhole, which is one for each token.
 * https://openbao.org/api-docs/secret/kv/kv-v1/  https://openbao.org/docs/secrets/cubbyhole/
 */
import { data, done, keys, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { seconds } from "../fields.ts";
import { MOUNTS, type Fields } from "../model.ts";
import { emptySecret, forgetSecret, namesBelow, putSecret, secretAt } from "./secrets.ts";

/** Where the secrets of a call are kept: those of a cubbyhole with its token. */
type Room = (call: StoreCall) => string;

function read(call: StoreCall, room: string, path: string): Reply {
  const content = secretAt(call.ports, room, path)?.versions[0]?.data;
  if (!content) return notFound();
  const duration = seconds(call.ports.tables.of(MOUNTS).get(call.mount)?.defaultTtlMs ?? 0);
  return { ...data(content), lease: { id: "", duration, renewable: false } };
}

function write({ ports, fields }: StoreCall, room: string, path: string): Reply {
  if (Object.keys(fields).length === 0) return wrong("missing data fields");
  const version = {
    version: 1,
    data: fields as Fields,
    createdAtMs: ports.now(),
    deletedAtMs: null,
    destroyed: false,
  };
  putSecret(ports, { ...emptySecret(room, path, ports.now()), currentVersion: 1, versions: [version] });
  return done();
}

function routes(room: Room): readonly Route[] {
  return [
    {
      pattern: /^(.*)$/,
      exists: (call, [, path = ""]) => secretAt(call.ports, room(call), path) !== undefined,
      serve: {
        list: (call, [, path = ""]) => keys(namesBelow(call.ports, room(call), path)),
        read: (call, [, path = ""]) => read(call, room(call), path),
        delete: (call, [, path = ""]) => {
          forgetSecret(call.ports, room(call), path);
          return done();
        },
        ...writes((call, [, path = ""]) => write(call, room(call), path)),
      },
    },
  ];
}

export const VERSION_1_ROUTES = routes(({ mount }) => mount);
export const CUBBYHOLE_ROUTES = routes(({ holder }) => `cubbyhole ${holder?.token.accessor ?? ""}`);
