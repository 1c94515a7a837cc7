/** The command in which a cursor stands, as words. */

export interface Word {
  /** Where the word begins in the line. */
  readonly start: number;
  /** Without quotes and escapes. */
  readonly text: string;
  /** The quote that is still open at the end: `"`, `'` or none. */
  readonly quote: "" | '"' | "'";
  /** After `>`, `<` or their like. */
  readonly redirect: boolean;
}

export interface Place {
  /** Words before the cursor's, assignments and redirects left out; the first is the command. */
  readonly before: readonly string[];
  readonly word: Word;
}

/** Words after which another command begins. */
const OPENERS = new Set([
  "if",
  "then",
  "else",
  "elif",
  "while",
  "until",
  "do",
  "!",
  "{",
  "time",
  "sudo",
  "exec",
  "command",
  "builtin",
]);

/** Reads up to the cursor. Inside `$(`, backquotes and after separators a new command begins. */
export function placeOf(text: string, cursor: number): Place {
  const reader = new Reader(text.slice(0, cursor));
  return reader.read();
}

class Reader {
  readonly #text: string;
  #at = 0;
  #words: Word[] = [];
  /** Commands around a substitution that is open. */
  readonly #outer: Word[][] = [];
  #redirect = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Place {
    let current: Word = this.#empty();
    while (this.#at < this.#text.length) {
      const c = this.#text.charAt(this.#at);
      if (/[ \t]/.test(c)) {
        this.#at += 1;
        current = this.#empty();
      } else if (this.#separator(c)) current = this.#empty();
      else {
        current = this.#word();
        if (this.#at < this.#text.length && this.#at > current.start) this.#finish(current);
      }
    }
    return { before: this.#commandWords(), word: current };
  }

  #empty(): Word {
    return { start: this.#at, text: "", quote: "", redirect: this.#redirect };
  }

  #separator(c: string): boolean {
    const rest = this.#text.slice(this.#at);
    const redirect = /^(?:\d*|&)(?:>>|>\||>&|<<<|<>|<&|>|<)(?!\()/.exec(rest)?.[0];
    if (redirect && (this.#at === 0 || !/\w$/.test(this.#text.slice(0, this.#at)) || !/^\d/.test(rest))) {
      this.#at += redirect.length;
      this.#redirect = true;
      return true;
    }
    if (/^[<>]\(/.test(rest)) return this.#open(2);
    if (/[;&|\n]/.test(c)) {
      this.#at += 1;
      this.#words = [];
      this.#redirect = false;
      return true;
    }
    if (c === "(") return this.#open(1);
    if (c === ")") {
      this.#at += 1;
      this.#words = this.#outer.pop() ?? [];
      return true;
    }
    return false;
  }

  #open(length: number): true {
    this.#outer.push(this.#words);
    this.#words = [];
    this.#at += length;
    this.#redirect = false;
    return true;
  }

  #finish(word: Word): void {
    if (!word.redirect) this.#words.push(word);
    this.#redirect = false;
  }

  /** One word from here; stops where it ends, or right behind the `$(` of a substitution in it. */
  #word(): Word {
    const { start, redirect } = this.#empty();
    let text = "";
    let quote: Word["quote"] = "";
    while (this.#at < this.#text.length) {
      const c = this.#text.charAt(this.#at);
      const rest = this.#text.slice(this.#at);
      if (
        quote !== "'" &&
        (rest.startsWith("$(") || c === "`") &&
        !rest.startsWith("$((") &&
        !this.#closed(rest)
      ) {
        this.#open(c === "`" ? 1 : 2);
        return this.#word();
      }
      if (quote === "" && /[ \t\n;&|()<>]/.test(c)) break;
      this.#at += 1;
      if (c === "\\" && quote !== "'") {
        const next = this.#text.charAt(this.#at++);
        text += quote === '"' && !/["\\$`]/.test(next) ? `\\${next}` : next;
      } else if (quote === "" && (c === '"' || c === "'")) quote = c;
      else if (c === quote) quote = "";
      else text += c;
    }
    return { start, text, quote, redirect };
  }

  /** A substitution that ends before the cursor is part of its word. */
  #closed(rest: string): boolean {
    return rest.startsWith("`") ? rest.indexOf("`", 1) > 0 : /^\$\([^()]*\)/.test(rest);
  }

  #commandWords(): string[] {
    const words = this.#words.map(({ text }) => text);
    let from = 0;
    while (
      from < words.length &&
      (/^[A-Za-z_]\w*\+?=/.test(words[from] as string) || OPENERS.has(words[from] as string))
    )
      from += 1;
    return words.slice(from);
  }
}
