/** What npm reads of a package.json, whoever wrote it. https://docs.npmjs.com/cli/configuring-npm/package-json */

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly fields: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : {};
}

/** Entries of a field that are texts, as written. */
export function textsOf(value: unknown): readonly (readonly [name: string, text: string])[] {
  return Object.entries(fieldsOf(value)).filter((pair): pair is [string, string] => {
    return typeof pair[1] === "string";
  });
}

export function manifestOf(value: unknown): Manifest {
  const fields = fieldsOf(value);
  const { name, version } = fields;
  return {
    name: typeof name === "string" ? name : "",
    version: typeof version === "string" ? version : "",
    fields,
  };
}

/** A name that may be a folder in node_modules. */
export function isFolderName(name: string): boolean {
  return name.length <= 214 && /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/.test(name) && name !== "node_modules";
}

/** Commands of a package by name: paths below it, never above. */
export function binOf({ name, fields }: Manifest): readonly (readonly [command: string, path: string])[] {
  const { bin } = fields;
  const entries = typeof bin === "string" ? [[name, bin] as const] : textsOf(bin);
  return entries.flatMap(([command, path]) => {
    const link = command.split(/[\\/]/).at(-1) ?? "";
    const target = path
      .split("/")
      .filter((part) => part !== "" && part !== "." && part !== "..")
      .join("/");
    return /^[\w.~@+-]+$/.test(link) && !/^\.*$/.test(link) && target !== "" ? [[link, target] as const] : [];
  });
}

export const INSTALL_EVENTS = ["preinstall", "install", "postinstall"] as const;

/** Scripts that run when it is installed. */
export function installScripts({ fields }: Manifest): Readonly<Record<string, string>> {
  const scripts = fieldsOf(fields["scripts"]);
  const found = INSTALL_EVENTS.filter((event) => Object.hasOwn(scripts, event) && scripts[event]);
  return Object.fromEntries(
    found.flatMap((event) => (typeof scripts[event] === "string" ? [[event, scripts[event]]] : [])),
  ) as Record<string, string>;
}
