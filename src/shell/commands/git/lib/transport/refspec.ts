/** Refspecs: https://git-scm.com/book/en/v2/Git-Internals-The-Refspec */
export interface Refspec {
  readonly force: boolean;
  /** `^pattern`: leaves refs out. */
  readonly negative: boolean;
  readonly source: string;
  /** Null where the refspec has no colon. */
  readonly destination: string | null;
  readonly pattern: boolean;
  /** `:` or `+:` on push: every branch that both sides have. */
  readonly matching: boolean;
  /** As it was given. */
  readonly text: string;
}

/** Null where the text is no refspec. */
export function parseRefspec(text: string): Refspec | null {
  const force = text.startsWith("+");
  const negative = text.startsWith("^");
  const body = force || negative ? text.slice(1) : text;
  const colon = body.lastIndexOf(":");
  const source = colon < 0 ? body : body.slice(0, colon);
  const destination = colon < 0 ? null : body.slice(colon + 1);
  const stars = (name: string) => name.split("*").length - 1;
  if (
    stars(source) > 1 ||
    (destination !== null && destination !== "" && stars(destination) !== stars(source))
  )
    return null;
  if (negative && destination !== null) return null;
  if (![source, destination ?? ""].every(wellFormed)) return null;
  const matching = colon >= 0 && source === "" && destination === "";
  return { force, negative, source, destination, pattern: stars(source) === 1, matching, text };
}

function wellFormed(name: string): boolean {
  return !/[\s~^?[\\\u0000-\u001f\u007f]|\.\.|@\{|\/\/|\/$|\.lock$|\.$/.test(
    name.replace(/\^\{\w+\}$|[~^]\d*$/, ""),
  );
}

/** What `name` becomes under a pattern `a/*:b/*`; null where it does not match. */
export function mapRef(spec: Refspec, name: string): string | null {
  if (spec.negative || spec.destination === null) return null;
  return mapName(spec.source, spec.destination, name);
}

/** The way back: the source of a destination. */
export function unmapRef(spec: Refspec, name: string): string | null {
  if (spec.negative || !spec.destination) return null;
  return mapName(spec.destination, spec.source, name);
}

function mapName(from: string, to: string, name: string): string | null {
  const star = from.indexOf("*");
  if (star < 0) return name === from ? to : null;
  const [head, tail] = [from.slice(0, star), from.slice(star + 1)];
  if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return null;
  return to.replace("*", () => name.slice(head.length, name.length - tail.length));
}

/** Whether a negative refspec among `specs` leaves `name` out. */
export function isExcluded(specs: readonly Refspec[], name: string): boolean {
  return specs.some((spec) => spec.negative && mapName(spec.source, spec.source, name) !== null);
}

const RULES = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];

/** The full name that a short one means among `names`: https://git-scm.com/docs/gitrevisions */
export function expandRef(name: string, names: ReadonlySet<string>): string | null {
  for (const rule of RULES) if (names.has(rule + name)) return rule + name;
  return names.has(`refs/remotes/${name}/HEAD`) ? `refs/remotes/${name}/HEAD` : null;
}

/** `refs/heads/main` → `main`. */
export function shortRef(name: string): string {
  return name.replace(/^refs\/(heads|tags|remotes)\//, "");
}
