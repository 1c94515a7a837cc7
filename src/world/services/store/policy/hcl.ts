/**
 * The part of HCL in which policies are written: blocks, assignments, lists, objects. JSON is HCL too.
 * https://github.com/hashicorp/hcl/blob/hcl1/README.md
 */
import { err, ok, type Result } from "../../../../base/result.ts";

export type HclValue = string | number | boolean | readonly HclValue[] | HclBody;

/** In the order of the text; a name may come again. */
export interface HclItem {
  readonly name: string;
  /** Of a block: `path "secret/*"` has one. */
  readonly labels: readonly string[];
  readonly value: HclValue;
}

export interface HclBody {
  readonly items: readonly HclItem[];
}

export function isBody(value: HclValue): value is HclBody {
  return typeof value === "object" && !Array.isArray(value);
}

interface Token {
  readonly kind: "word" | "text" | "number" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

class HclError extends Error {}

const MOST_DEPTH = 20;

export function parseHcl(source: string): Result<HclBody> {
  try {
    const trimmed = source.trim();
    return ok(new Parser(source).body(trimmed.startsWith("{")));
  } catch (error) {
    if (error instanceof HclError) return err(error.message);
    throw error;
  }
}

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = this.#read();
  }

  /** Items up to the end, or up to the closing brace. */
  body(braced: boolean): HclBody {
    if (++this.#depth > MOST_DEPTH) throw this.#wrong("nested too deeply");
    if (braced) this.#need("{");
    const items: HclItem[] = [];
    const closing = () => (braced ? this.#is("}") : this.#token.kind === "end");
    while (!closing()) {
      items.push(this.#item());
      this.#take(",");
    }
    if (braced) this.#need("}");
    this.#depth--;
    return { items };
  }

  #item(): HclItem {
    const { kind, text } = this.#any();
    if (kind !== "word" && kind !== "text")
      throw this.#wrong(`object expected, got ${text || "end of file"}`);
    if (this.#take("=") || this.#take(":")) return { name: text, labels: [], value: this.#value() };
    const labels: string[] = [];
    while (this.#token.kind === "text" || this.#token.kind === "word") labels.push(this.#any().text);
    if (!this.#is("{")) throw this.#wrong("expected '=' or '{'");
    return { name: text, labels, value: this.body(true) };
  }

  #value(): HclValue {
    if (this.#is("{")) return this.body(true);
    if (this.#take("[")) return this.#list();
    const { kind, text } = this.#any();
    if (kind === "text") return text;
    if (kind === "number") return Number(text);
    if (kind === "word" && (text === "true" || text === "false")) return text === "true";
    throw this.#wrong(`unknown value ${text}`);
  }

  #list(): readonly HclValue[] {
    if (++this.#depth > MOST_DEPTH) throw this.#wrong("nested too deeply");
    const items: HclValue[] = [];
    while (!this.#take("]")) {
      items.push(this.#value());
      if (!this.#take(",") && !this.#is("]"))
        throw this.#wrong("error parsing list, expected comma or list end");
    }
    this.#depth--;
    return items;
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #any(): Token {
    const token = this.#token;
    if (token.kind === "end") throw this.#wrong("unexpected end of file");
    this.#next++;
    return token;
  }

  #is(sign: string): boolean {
    return this.#token.kind === "sign" && this.#token.text === sign;
  }

  #take(sign: string): boolean {
    if (!this.#is(sign)) return false;
    this.#next++;
    return true;
  }

  #need(sign: string): void {
    if (!this.#take(sign)) throw this.#wrong(`expected '${sign}'`);
  }

  #wrong(message: string, at = this.#token.at): HclError {
    const before = this.#source.slice(0, at).split("\n");
    return new HclError(`At ${before.length}:${(before.at(-1) ?? "").length + 1}: ${message}`);
  }

  #read(): Token[] {
    const pattern =
      /(?<skip>\s+|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)|(?<text>"(?:\\.|[^"\\\n])*")|(?<number>-?\d+(?:\.\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_.-]*)|(?<sign>[{}[\]=:,])/uy;
    const tokens: Token[] = [];
    let at = 0;
    while (at < this.#source.length) {
      pattern.lastIndex = at;
      const groups = pattern.exec(this.#source)?.groups;
      if (!groups) throw this.#illegal(at);
      for (const kind of ["text", "number", "word", "sign"] as const) {
        const text = groups[kind];
        if (text !== undefined) tokens.push({ kind, text: kind === "text" ? unquoted(text) : text, at });
      }
      at = pattern.lastIndex;
    }
    return [...tokens, { kind: "end", text: "", at }];
  }

  #illegal(at: number): HclError {
    const isQuote = this.#source.charAt(at) === '"';
    return this.#wrong(isQuote ? "literal not terminated" : "illegal character", at);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}
