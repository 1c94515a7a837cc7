/** Roles and users of auth methods: named settings that operators write, read, list and delete. */
import { data, done, keys, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { deleteEntry, entriesOf, entryOf, putEntry } from "../entries.ts";
import { wrongSpan } from "../fields.ts";
import type { Fields } from "../model.ts";
import { TOKEN_SPANS } from "./login.ts";

export interface Named {
  readonly kind: string;
  /** The folder in the path: "role", "users". */
  readonly folder: string;
  /** Spans of time beside those of tokens. */
  readonly spans?: readonly string[];
  /** What is kept of what was written; a text is why it is refused. */
  keep(fields: Fields, before: Fields | undefined, call: StoreCall): Fields | string;
  show(fields: Fields): Fields;
}

export function namedRoutes(named: Named): readonly Route[] {
  const { kind, folder } = named;
  return [
    {
      pattern: new RegExp(`^${folder}/?$`),
      serve: { list: ({ ports, mount }) => keys(entriesOf(ports, mount, kind).map(({ name }) => name)) },
    },
    {
      pattern: new RegExp(`^${folder}/([\\w.@-]+)$`),
      exists: ({ ports, mount }, [, name = ""]) =>
        entryOf(ports, mount, kind, name.toLowerCase()) !== undefined,
      serve: {
        read: ({ ports, mount }, [, name = ""]) => {
          const fields = entryOf(ports, mount, kind, name.toLowerCase());
          return fields ? data(named.show(fields)) : notFound();
        },
        delete: ({ ports, mount }, [, name = ""]) => {
          deleteEntry(ports, mount, kind, name.toLowerCase());
          return done();
        },
        ...writes((call, [, name = ""]) => write(call, named, name.toLowerCase())),
      },
    },
  ];
}

function write(call: StoreCall, named: Named, name: string): Reply {
  const { ports, mount, fields } = call;
  const span = wrongSpan(fields, [...TOKEN_SPANS, ...(named.spans ?? [])]);
  if (span !== null) return wrong(span);
  const before = entryOf(ports, mount, named.kind, name);
  const kept = named.keep(fields, before, call);
  if (typeof kept === "string") return wrong(kept);
  putEntry(ports, { mount, kind: named.kind, name, fields: { ...before, ...kept } });
  return done();
}
