/** Credentials as git describes them to its helpers: https://git-scm.com/docs/git-credential#IOFMT */

export interface Credential {
  readonly protocol?: string;
  /** With the port, where the URL has one. */
  readonly host?: string;
  readonly path?: string;
  readonly username?: string;
  readonly password?: string;
}

export const FIELDS = ["protocol", "host", "path", "username", "password"] as const;

/** Nothing is left to ask for. */
export function isWhole({ username, password }: Credential): boolean {
  return username !== undefined && password !== undefined;
}

export function describeUrl(url: string): Credential {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/@]*)@)?([^/]*)(?:\/([^]*))?$/i.exec(url);
  if (!match) return {};
  const [, protocol, user, host, path] = match as unknown as [string, string, string?, string?, string?];
  const colon = user?.indexOf(":") ?? -1;
  return {
    protocol,
    host: decode(host ?? ""),
    ...(path ? { path: decode(path.replace(/\/+$/, "")) } : {}),
    ...(user === undefined ? {} : { username: decode(colon < 0 ? user : user.slice(0, colon)) }),
    ...(user === undefined || colon < 0 ? {} : { password: decode(user.slice(colon + 1)) }),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Lines up to an empty one; later ones count more. Unknown fields are ignored. */
export function parseCredential(
  text: string,
  start: Credential = {},
): Credential & { readonly quit?: string } {
  let credential: Credential & { quit?: string } = { ...start };
  for (const line of text.split("\n")) {
    if (line === "") break;
    const equals = line.indexOf("=");
    if (equals < 0) continue;
    const [name, value] = [line.slice(0, equals), line.slice(equals + 1).replace(/\r$/, "")];
    if (name === "url") credential = { ...credential, ...describeUrl(value) };
    else if (name === "quit" || FIELDS.includes(name as never)) credential = { ...credential, [name]: value };
  }
  return credential;
}

export function formatCredential(credential: Credential): string {
  return FIELDS.filter((name) => credential[name] !== undefined)
    .map((name) => `${name}=${credential[name]}\n`)
    .join("");
}

/** As prompts name it: `https://user@host/path`. */
export function shownCredential({ protocol, host, path, username }: Credential): string {
  const user = username === undefined ? "" : `${encodeURIComponent(username)}@`;
  return `${protocol}://${user}${host ?? ""}${path === undefined ? "" : `/${path}`}`;
}
