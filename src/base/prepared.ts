/**
 * Values that depend on nothing but a text, by that text: compiled patterns, parsed scripts, findings. When what is kept has grown
 * to its limit, all of it goes: a script that makes ever new texts costs memory only so far.
 */
export class Prepared<T> {
  readonly #limit: number;
  readonly #values = new Map<string, T>();
  #characters = 0;

  /** `limit`: characters of all texts together. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What `prepare` throws is thrown each time. */
  of(text: string, prepare: () => T): T {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    const value = prepare();
    if (this.#characters + text.length > this.#limit) {
      this.#values.clear();
      this.#characters = 0;
    }
    this.#values.set(text, value);
    this.#characters += text.length;
    return value;
  }
}
