/** Collation and formatting without the host's locale: code-unit order, English, UTC. */

const LOCALE = "en-US";

export function installLocale(globals: Record<string, unknown>): void {
  String.prototype.localeCompare = function (this: string, other: string): number {
    const self = String(this);
    const that = String(other);
    return self < that ? -1 : self > that ? 1 : 0;
  };
  String.prototype.toLocaleLowerCase = String.prototype.toLowerCase;
  String.prototype.toLocaleUpperCase = String.prototype.toUpperCase;
  const intl = globals["Intl"] as typeof Intl;
  fixDefaults(intl);
  const number = intl.NumberFormat;
  const dates = intl.DateTimeFormat;
  Number.prototype.toLocaleString = function (this: number, ...args: never[]) {
    return new number(...args).format(Number(this));
  };
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] as const) {
    const shape = name === "toLocaleDateString" ? "date" : name === "toLocaleTimeString" ? "time" : "any";
    Date.prototype[name] = function (this: Date, locale?: unknown, options?: Intl.DateTimeFormatOptions) {
      return new dates((locale as string) ?? LOCALE, { ...fieldsOf(shape), ...options }).format(this);
    };
  }
}

function fieldsOf(shape: "date" | "time" | "any"): Intl.DateTimeFormatOptions {
  const date = { year: "numeric", month: "numeric", day: "numeric" } as const;
  const time = { hour: "numeric", minute: "numeric", second: "numeric" } as const;
  return shape === "date" ? date : shape === "time" ? time : { ...date, ...time };
}

/** Every Intl constructor takes English where no locale is named, and dates take UTC where no zone is. */
function fixDefaults(intl: typeof Intl): void {
  const target = intl as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(intl)) {
    const Native = target[name];
    if (typeof Native !== "function" || !/^[A-Z]/.test(name) || name === "Locale") continue;
    target[name] = new Proxy(Native as new (...args: unknown[]) => object, {
      construct: (constructor, [locale, options], newTarget) =>
        Reflect.construct(constructor, [locale ?? LOCALE, zoned(name, options)], newTarget) as object,
      apply: (constructor, _self, [locale, options]) =>
        new constructor(locale ?? LOCALE, zoned(name, options)),
    });
  }
}

function zoned(name: string, options: unknown): unknown {
  return name === "DateTimeFormat" ? { timeZone: "UTC", ...(options as object | undefined) } : options;
}
