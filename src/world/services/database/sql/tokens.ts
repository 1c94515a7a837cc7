/** Words of SQL, and where statements end. https://www.postgresql.org/docs/current/sql-syntax-lexical.html */

export interface Token {
  readonly kind: "word" | "name" | "string" | "number" | "symbol";
  /** Of a word in lower case; of a quoted name or string what it stands for. */
  readonly text: string;
  /** Offset in the whole query. */
  readonly at: number;
  readonly raw: string;
}

/** What cannot be read, and where. */
export class SqlError extends Error {
  readonly at: number | null;
  readonly detail: string | null;

  constructor(message: string, at: number | null = null, detail: string | null = null) {
    super(message);
    this.at = at;
    this.detail = detail;
  }
}

const TOKEN =
  /\s+|--[^\n]*|\/\*[^]*?\*\/|[A-Za-z_][\w$]*|"(?:[^"]|"")*"|'(?:[^']|'')*'|\d+(?:\.\d+)?|::|<>|!=|<=|>=|\|\||[-+*/%<>=(),.;]/y;

/** The statements of a query, each as its tokens; throws an SqlError. */
export function statementsOf(query: string): Token[][] {
  const statements: Token[][] = [[]];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.length) {
    const at = TOKEN.lastIndex;
    const raw = TOKEN.exec(query)?.[0];
    if (raw === undefined) throw unreadable(query, at);
    if (raw === ";") statements.push([]);
    else if (!/^(?:\s|--|\/\*)/.test(raw)) statements.at(-1)?.push(token(raw, at));
  }
  return statements.filter((tokens) => tokens.length > 0);
}

function unreadable(query: string, at: number): SqlError {
  const rest = query.slice(at);
  if (rest.startsWith("'")) return new SqlError(`unterminated quoted string at or near "${rest}"`, at);
  if (rest.startsWith('"')) return new SqlError(`unterminated quoted identifier at or near "${rest}"`, at);
  return new SqlError(`syntax error at or near "${rest.slice(0, 1)}"`, at);
}

function token(raw: string, at: number): Token {
  if (raw.startsWith('"')) return { kind: "name", text: raw.slice(1, -1).replaceAll('""', '"'), at, raw };
  if (raw.startsWith("'")) return { kind: "string", text: raw.slice(1, -1).replaceAll("''", "'"), at, raw };
  if (/^\d/.test(raw)) return { kind: "number", text: raw, at, raw };
  if (/^[A-Za-z_]/.test(raw)) return { kind: "word", text: raw.toLowerCase(), at, raw };
  return { kind: "symbol", text: raw, at, raw };
}

/** Reads tokens one after another. */
export class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get token(): Token | undefined {
    return this.#tokens[this.#next];
  }

  get ended(): boolean {
    return this.#next >= this.#tokens.length;
  }

  is(...words: readonly string[]): boolean {
    return words.every((word, i) => {
      const found = this.#tokens[this.#next + i];
      return (found?.kind === "word" || found?.kind === "symbol") && found.text === word;
    });
  }

  /** Takes these words where they come next. */
  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.#next += words.length;
    return true;
  }

  need(...words: readonly string[]): void {
    if (!this.take(...words)) throw this.wrong();
  }

  any(kind?: Token["kind"]): Token {
    const { token } = this;
    if (!token || (kind !== undefined && token.kind !== kind)) throw this.wrong();
    this.#next++;
    return token;
  }

  /** A name of a role, table or column. */
  name(): string {
    const { token } = this;
    if (token?.kind !== "word" && token?.kind !== "name") throw this.wrong();
    this.#next++;
    return token.text;
  }

  end(): void {
    if (!this.ended) throw this.wrong();
  }

  wrong(): SqlError {
    const { token } = this;
    return token
      ? new SqlError(`syntax error at or near "${token.raw}"`, token.at)
      : new SqlError("syntax error at end of input", Number.MAX_SAFE_INTEGER);
  }
}
