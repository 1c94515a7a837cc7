/** The lines drawn beside a log: https://git-scm.com/docs/git-log#Documentation/git-log.txt---graph */

interface GraphCommit {
  readonly commit: { readonly id: string };
  /** Only those that the log also shows. */
  readonly parents: readonly string[];
  readonly mark?: string;
}

export interface GraphEntry {
  /** "" before the first entry and where entries end in a newline. */
  readonly separator: string;
  readonly message: string;
  readonly diff: string;
}

type State = "padding" | "skip" | "pre-commit" | "commit" | "post-merge" | "collapsing";

/** One column per line of history; commits come in an order where parents never precede children. */
export class Graph {
  #commit = "";
  #mark = "*";
  #parents: readonly string[] = [];
  #state: State = "padding";
  #before: State = "padding";
  #columns: string[] = [];
  #next: string[] = [];
  #mapping: number[] = [];
  #oldMapping: number[] = [];
  #width = 0;
  #expansion = 0;
  #index = 0;
  #indexBefore = 0;
  /** 0: the first parent is left of the merge, 1: below it. */
  #layout = -1;
  #added = 0;
  #addedBefore = 0;
  #unterminated = false;
  #current = "";

  /** The text of an entry with the graph before each line. */
  entry(commit: GraphCommit, { separator, message, diff }: GraphEntry): string {
    if (this.#current !== commit.commit.id) this.#update(commit);
    this.#current = commit.commit.id;
    let out = separator === "" ? "" : (this.#unterminated ? "" : this.#paddingLine()) + separator;
    this.#unterminated = !message.endsWith("\n");
    out += this.#upToCommit() + this.#message(message);
    if (diff !== "") out += diff.replace(/[^\n]*\n|[^\n]+$/g, (line) => this.#paddingLine() + line);
    return out;
  }

  #message(text: string): string {
    const lines = text.split(/(?<=\n)/);
    let out = lines.map((line, i) => (i === 0 ? line : this.#nextLine().line + line)).join("");
    if (this.#finished()) return out;
    const terminated = text.endsWith("\n");
    if (!terminated) out += "\n";
    const rest: string[] = [];
    while (!this.#finished()) rest.push(this.#nextLine().line);
    return out + rest.join("\n") + (terminated ? "\n" : "");
  }

  #upToCommit(): string {
    if (this.#finished()) return this.#paddingLine();
    let out = "";
    for (;;) {
      const { line, isCommit } = this.#nextLine();
      out += line;
      if (isCommit || this.#finished()) return out;
      out += "\n";
    }
  }

  #update({ commit, parents, mark }: GraphCommit): void {
    this.#commit = commit.id;
    this.#mark = mark || "*";
    this.#parents = parents;
    this.#indexBefore = this.#index;
    this.#updateColumns();
    this.#expansion = 0;
    if (this.#state !== "padding") this.#state = "skip";
    else this.#state = this.#needsPreCommit() ? "pre-commit" : "commit";
  }

  #finished(): boolean {
    return this.#state === "padding";
  }

  #move(state: State): void {
    this.#before = this.#state;
    this.#state = state;
  }

  #updateColumns(): void {
    this.#columns = this.#next;
    this.#next = [];
    this.#mapping = new Array<number>(2 * (this.#columns.length + this.#parents.length)).fill(-1);
    this.#width = 0;
    this.#addedBefore = this.#added;
    this.#added = 0;
    let seen = false;
    for (let i = 0; i <= this.#columns.length; i++) {
      if (i === this.#columns.length && seen) break;
      const column = this.#columns[i] ?? this.#commit;
      if (column !== this.#commit) {
        this.#insert(column, -1);
        continue;
      }
      seen = true;
      this.#index = i;
      this.#layout = -1;
      for (const parent of this.#parents) this.#insert(parent, i);
      if (this.#parents.length === 0) this.#width += 2;
    }
    while (this.#mapping.length > 1 && (this.#mapping.at(-1) as number) < 0) this.#mapping.pop();
  }

  #insert(commit: string, index: number): void {
    let column = this.#next.indexOf(commit);
    if (column < 0) column = this.#next.push(commit) - 1;
    let at: number;
    if (this.#parents.length > 1 && index > -1 && this.#layout === -1) {
      const distance = index - column;
      const shift = distance > 1 ? 2 * distance - 3 : 1;
      this.#layout = distance > 0 ? 0 : 1;
      this.#added = this.#parents.length + this.#layout - 2;
      at = this.#width + (this.#layout - 1) * shift;
      this.#width += 2 * this.#layout;
    } else if (this.#added > 0 && column === this.#mapping[this.#width - 2]) {
      at = this.#width - 2;
      this.#added = -1;
    } else {
      at = this.#width;
      this.#width += 2;
    }
    this.#mapping[at] = column;
  }

  #dashedParents(): number {
    return this.#parents.length + this.#layout - 3;
  }

  #needsPreCommit(): boolean {
    return (
      this.#parents.length >= 3 &&
      this.#index < this.#columns.length - 1 &&
      this.#expansion < this.#dashedParents() * 2
    );
  }

  #settled(): boolean {
    return this.#mapping.every((target, i) => target < 0 || target === i >> 1);
  }

  #nextLine(): { line: string; isCommit: boolean } {
    const isCommit = this.#state === "commit";
    const line = this.#drawLine();
    return { line: line.padEnd(this.#width), isCommit };
  }

  #drawLine(): string {
    switch (this.#state) {
      case "padding":
        return this.#next.map(() => "| ").join("");
      case "skip":
        this.#move(this.#needsPreCommit() ? "pre-commit" : "commit");
        return "...";
      case "pre-commit":
        return this.#preCommitLine();
      case "commit":
        return this.#commitLine();
      case "post-merge":
        return this.#postMergeLine();
      case "collapsing":
        return this.#collapsingLine();
    }
  }

  /** A line between entries or before a line of a diff. */
  #paddingLine(): string {
    if (this.#state !== "commit") return this.#nextLine().line;
    let line = "";
    for (const column of this.#columns) {
      const wide = column === this.#commit && this.#parents.length > 2;
      line += `|${" ".repeat(wide ? (this.#parents.length - 2) * 2 : 1)}`;
    }
    this.#before = "padding";
    return line.padEnd(this.#width);
  }

  #preCommitLine(): string {
    let line = "";
    let seen = false;
    for (const [i, column] of this.#columns.entries()) {
      if (column === this.#commit) {
        seen = true;
        line += `|${" ".repeat(this.#expansion)}`;
      } else if (seen && this.#expansion === 0)
        line += this.#before === "post-merge" && this.#indexBefore < i ? "\\" : "|";
      else line += seen ? "\\" : "|";
      line += " ";
    }
    this.#expansion++;
    if (!this.#needsPreCommit()) this.#move("commit");
    return line;
  }

  #commitLine(): string {
    let line = "";
    let seen = false;
    for (let i = 0; i <= this.#columns.length; i++) {
      if (i === this.#columns.length && seen) break;
      const column = this.#columns[i] ?? this.#commit;
      if (column === this.#commit) {
        seen = true;
        line += this.#mark + (this.#parents.length > 2 ? this.#octopus() : "");
      } else if (seen && this.#added > 1) line += "\\";
      else if (seen && this.#added === 1) {
        line += this.#before === "post-merge" && this.#addedBefore > 0 && this.#indexBefore < i ? "\\" : "|";
      } else if (
        this.#before === "collapsing" &&
        this.#oldMapping[2 * i + 1] === i &&
        (this.#mapping[2 * i] ?? -1) < i
      )
        line += "/";
      else line += "|";
      line += " ";
    }
    if (this.#parents.length > 1) this.#move("post-merge");
    else this.#move(this.#settled() ? "padding" : "collapsing");
    return line;
  }

  #octopus(): string {
    const dashed = this.#dashedParents();
    return Array.from({ length: dashed }, (_, i) => `-${i === dashed - 1 ? "." : "-"}`).join("");
  }

  #postMergeLine(): string {
    let line = "";
    let seen = false;
    let parentSeen = false;
    for (let i = 0; i <= this.#columns.length; i++) {
      if (i === this.#columns.length && seen) break;
      const column = this.#columns[i] ?? this.#commit;
      if (column === this.#commit) {
        seen = true;
        line += this.#mergeEdges();
      } else if (seen) line += this.#added > 0 ? "\\ " : "| ";
      else {
        line += "|";
        if (this.#layout !== 0 || i !== this.#index - 1) line += parentSeen ? "_" : " ";
      }
      if (column === this.#parents[0]) parentSeen = true;
    }
    this.#move(this.#settled() ? "padding" : "collapsing");
    return line;
  }

  #mergeEdges(): string {
    let line = "";
    let shape = this.#layout;
    this.#parents.forEach((_, j) => {
      line += "/|\\".charAt(shape);
      if (shape < 2) shape++;
      else if (this.#added > 0 || j < this.#parents.length - 1) line += " ";
    });
    return this.#added === 0 ? `${line} ` : line;
  }

  #collapsingLine(): string {
    const old = this.#mapping;
    const mapping = new Array<number>(old.length).fill(-1);
    let edge = -1;
    let edgeTarget = -1;
    const horizontal = (from: number, target: number, limit: number) => {
      edge = from;
      edgeTarget = target;
      for (let j = target * 2 + 3; j < limit; j += 2) mapping[j] = target;
    };
    old.forEach((target, i) => {
      if (target < 0) return;
      if (target * 2 === i) mapping[i] = target;
      else if ((mapping[i - 1] as number) < 0) {
        mapping[i - 1] = target;
        if (edge === -1) horizontal(i, target, i - 2);
      } else if (mapping[i - 1] !== target) {
        mapping[i - 2] = target;
        if (edge === -1) horizontal(i - 1, target, i - 2);
      }
    });
    this.#oldMapping = [...mapping];
    if ((mapping.at(-1) as number) < 0) mapping.pop();
    this.#mapping = mapping;
    const line = drawCollapse(mapping, edge, edgeTarget);
    if (this.#settled()) this.#move("padding");
    return line;
  }
}

/** Draws the lines and ends horizontal ones after their first segment. */
function drawCollapse(mapping: number[], edge: number, edgeTarget: number): string {
  let line = "";
  let used = false;
  for (let i = 0; i < mapping.length; i++) {
    const target = mapping[i] as number;
    if (target < 0) line += " ";
    else if (target * 2 === i) line += "|";
    else if (target === edgeTarget && i !== edge - 1) {
      if (i !== target * 2 + 3) mapping[i] = -1;
      used = true;
      line += "_";
    } else {
      if (used && i < edge) mapping[i] = -1;
      line += "/";
    }
  }
  return line;
}
