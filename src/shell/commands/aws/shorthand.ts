/**
 * `Key=a,Value=b` for structures: names and values with commas between, lists in brackets, structures in braces.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */
import type { Json } from "../../../base/json.ts";
import { parameterStop } from "./stop.ts";

/** Nobody nests deeper by hand. */
const DEEPEST = 20;

export function readShorthand(option: string, text: string): Json {
  const reader = new Reader(option, text);
  const value = reader.pairs("");
  reader.end();
  return value;
}

class Reader {
  readonly #option: string;
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(option: string, text: string) {
    this.#option = option;
    this.#text = text;
  }

  /** Until `close`, which stays. */
  pairs(close: string): Json {
    const entries: [string, Json][] = [];
    do {
      const key = this.#word(/[^=,{}[\]\s]*/y).trim();
      if (this.#text[this.#at] !== "=" || key === "") throw this.#problem("=");
      this.#at += 1;
      entries.push([key, this.#value()]);
      this.#csv(entries);
    } while (this.#take(","));
    if (close !== "" && this.#text[this.#at] !== close) throw this.#problem(close);
    return Object.fromEntries(entries);
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#problem(",");
  }

  /** `a=1,2,b=3`: what follows a comma and has no `=` belongs to the value before. */
  #csv(entries: [string, Json][]): void {
    for (;;) {
      const more = /,([^=,{}[\]]*)(?=,|$|\}|\])/y;
      more.lastIndex = this.#at;
      const found = more.exec(this.#text);
      const last = entries.at(-1);
      if (!found || !last) return;
      this.#at = more.lastIndex;
      last[1] = [...(Array.isArray(last[1]) ? (last[1] as Json[]) : [last[1]]), found[1] as string];
    }
  }

  #value(): Json {
    if (++this.#depth > DEEPEST) throw this.#problem("less");
    const value = this.#nested();
    this.#depth -= 1;
    return value;
  }

  #nested(): Json {
    if (this.#take("{")) {
      const value = this.pairs("}");
      this.#at += 1;
      return value;
    }
    if (this.#take("[")) {
      const items: Json[] = [];
      while (!this.#take("]")) {
        if (this.#at >= this.#text.length) throw this.#problem("]");
        items.push(this.#value());
        this.#take(",");
      }
      return items;
    }
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") {
      const end = this.#text.indexOf(quote, this.#at + 1);
      if (end < 0) throw this.#problem(quote);
      const value = this.#text.slice(this.#at + 1, end);
      this.#at = end + 1;
      return value;
    }
    return this.#word(this.#depth > 1 ? /[^,{}[\]]*/y : /[^,]*/y);
  }

  #word(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const word = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += word.length;
    return word;
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #problem(expected: string): Error {
    const received = this.#text[this.#at] ?? "EOF";
    return parameterStop(
      `Error parsing parameter '${this.#option}': Expected: '${expected}', received: '${received}' for input:\n${this.#text}\n${" ".repeat(this.#at)}^`,
    );
  }
}
