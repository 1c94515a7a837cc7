/**
 * JavaScript inside the world, on QuickJS: deterministic, with limits that count work, and without any way to the host.
 * https://github.com/justjake/quickjs-emscripten
 * The engine is loaded when the first program runs. Each program gets an engine of its own.
 */
import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from "quickjs-emscripten-core";
import { invariant } from "../../base/invariant.ts";
import type { Json } from "../../base/json.ts";
import { OPERATIONS, waitFor, type JavaScriptHost } from "./host.ts";
import { type Image, imageOf, takeImage } from "./image.ts";
import { isModule, moduleSource, resolveModule, textOf } from "./moduleFiles.ts";
import { PRELUDE } from "./prelude.ts";
import { MODULES } from "./builtinModules.ts";

/** One unit is about ten thousand loops or calls. */
const UNITS_OF_WORK = 2000;
const MEMORY_BYTES = 64 << 20;
const STACK_BYTES = 512 << 10;
/** What one program may print. */
const PRINTED_CHARACTERS = 8 << 20;
/** Waiting for answers and timers, in one program. */
const WAITS = 10_000;

export type Program =
  /** A file: a CommonJS or an ECMAScript module, as its name and text say. */
  | { readonly kind: "file"; readonly path: string }
  /** `-e`: a script; `print` shows its value. */
  | { readonly kind: "script"; readonly text: string; readonly name: string; readonly print: boolean }
  | { readonly kind: "module"; readonly text: string; readonly name: string };

/** Runs a program to its end, with everything that it waits for. Returns its exit code; never throws for its mistakes. */
export async function runProgram(host: JavaScriptHost, program: Program, extra = ""): Promise<number> {
  const image = await imageAfter(extra);
  const machine = await Machine.bare(host);
  // Nothing is disposed of: after an overflow QuickJS aborts on that, and the whole engine goes with this call anyway.
  machine.begin(image);
  return machine.run(program);
}

/** What programs find does not depend on anything: it is made when it is first asked for, by what comes after it. */
const images = new Map<string, Promise<Image>>();

function imageAfter(extra: string): Promise<Image> {
  let image = images.get(extra);
  if (!image) images.set(extra, (image = Machine.bare(NOWHERE).then((machine) => machine.image(extra))));
  return image;
}

/** The prelude reaches nothing. */
const NOWHERE = { cwd: "/", env: {}, argv: [] } as unknown as JavaScriptHost;

type Loading = (host: JavaScriptHost, args: readonly Json[]) => Json;

/** What `require` asks. */
const LOADING: ReadonlyMap<string, Loading> = new Map<string, Loading>([
  ["resolve", (host, [from, wanted]) => resolveModule(host, String(from), String(wanted))],
  ["isModule", (host, [file]) => isModule(host, String(file), textOf(host, String(file)))],
]);

/** A CommonJS module as a function of what it sees. */
function wrapped(file: string, text: string): string {
  const body = text.replace(/^\uFEFF/, "").replace(/^#!.*/, "");
  return `(function (exports, require, module, __filename, __dirname) { ${body}\n})`;
}

interface Wait {
  readonly id: number;
  readonly name: string;
  readonly args: readonly Json[];
  /** For timers: when, in virtual ms since the program began; others come first. */
  readonly atMs: number;
}

class Machine {
  readonly #host: JavaScriptHost;
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #memory: WebAssembly.Memory;
  #waits: Wait[] = [];
  #next = 1;
  #elapsedMs = 0;
  #printed = 0;

  private constructor(host: JavaScriptHost, engine: QuickJSWASMModule) {
    this.#host = host;
    this.#memory = engine.getWasmMemory();
    this.#runtime = engine.newRuntime();
    this.#limit();
    this.#context = this.#runtime.newContext();
    this.#define("__call", (name, args) => this.#call(name, args));
    this.#define("__wait", (name, args) => this.#wait(name, args));
    this.#defineCompile();
  }

  /** Before the prelude. What is called until then, and in which order, is the same for every machine. */
  static async bare(host: JavaScriptHost): Promise<Machine> {
    const { newQuickJSWASMModuleFromVariant } = await import("quickjs-emscripten-core");
    const { default: variant } = await import("@jitl/quickjs-singlefile-browser-release-sync");
    return new Machine(host, await newQuickJSWASMModuleFromVariant(variant));
  }

  #limit(): void {
    const runtime = this.#runtime;
    let units = 0;
    runtime.setMemoryLimit(MEMORY_BYTES);
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setInterruptHandler(() => ++units > UNITS_OF_WORK);
    runtime.setModuleLoader(
      (name) => moduleSource(this.#host, name),
      (from, wanted) => resolveModule(this.#host, from, wanted),
    );
  }

  /** What the prelude makes of a bare machine. */
  image(extra: string): Image {
    return imageOf(this.#memory, () => {
      for (const source of [PRELUDE, MODULES, extra]) {
        const failed = this.#evaluate(source, "node:internal");
        invariant(failed === null, `the prelude runs: ${failed}`);
      }
    });
  }

  /** Gives a program what it finds. */
  begin(image: Image): void {
    takeImage(this.#memory, image);
    const { env, argv, cwd } = this.#host;
    const facts = JSON.stringify({ env, argv, cwd });
    this.#evaluate(`__begin(${literal(facts)})`, "node:internal");
  }

  async run(program: Program): Promise<number> {
    const failed = this.#start(program);
    if (failed) return this.#exitCode() ?? 1;
    for (let waited = 0; ; waited++) {
      if (!this.#runJobs()) return this.#exitCode() ?? 1;
      const wait = this.#exitCode() === null || !this.#isOver() ? this.#take() : undefined;
      if (!wait) break;
      if (waited >= WAITS) {
        this.#host.write("stderr", `node: stopped: a program may wait at most ${WAITS} times\n`);
        return 1;
      }
      await this.#settle(wait);
    }
    return this.#finish();
  }

  /** True where it failed at once. */
  #start(program: Program): boolean {
    if (program.kind === "file") return this.#startFile(program.path);
    const type = program.kind === "module" ? "module" : "global";
    const print = program.kind === "script" && program.print;
    return this.#startText(program.text, program.name, type, print);
  }

  #startFile(path: string): boolean {
    const quoted = JSON.stringify(path);
    const text = this.#readable(path);
    if (text === null) return this.#report(`Error: Cannot find module '${path}'\n  code: 'MODULE_NOT_FOUND'`);
    if (path.endsWith(".json") || isModule(this.#host, path, text))
      return this.#report(this.#evaluate(`__main(${quoted})`, "node:internal"));
    this.#evaluate(`__enter(${quoted})`, "node:internal");
    return this.#startText(text.replace(/^\uFEFF/, "").replace(/^#!.*/, ""), path, "global", false);
  }

  #readable(path: string): string | null {
    const { files, user } = this.#host;
    return files.exists(path, user) && files.stat(path, {}, user).isFile ? textOf(this.#host, path) : null;
  }

  /** A promise that is the value of the whole (`main()` as the last line) fails the program when it fails. */
  #startText(text: string, name: string, type: "module" | "global", print: boolean): boolean {
    const result = this.#context.evalCode(text, name, { type });
    if (result.error) return this.#report(this.#describe(result.error));
    this.#global("__last", undefined, result.value);
    result.value.dispose();
    return this.#report(this.#evaluate(print ? "console.log(__last)" : "__track(__last)", "node:internal"));
  }

  /** Beforehand the program may have set an exit code, or failed in a promise. */
  #finish(): number {
    const unhandled = this.#evaluate("__finish()", "node:internal");
    if (unhandled !== null) return this.#report(unhandled) ? (this.#exitCode() ?? 1) : 0;
    return this.#exitCode() ?? 0;
  }

  #isOver(): boolean {
    return this.#read("__over") === true;
  }

  #exitCode(): number | null {
    const code = this.#read("typeof process === 'object' ? process.exitCode : null");
    return typeof code === "number" ? code & 255 : null;
  }

  #runJobs(): boolean {
    const result = this.#runtime.executePendingJobs();
    if (!result.error) return true;
    this.#report(this.#describe(result.error));
    return false;
  }

  #take(): Wait | undefined {
    const [first] = this.#waits.toSorted((a, b) => a.atMs - b.atMs || a.id - b.id);
    this.#waits = this.#waits.filter((wait) => wait !== first);
    return first;
  }

  async #settle({ id, name, args, atMs }: Wait): Promise<void> {
    let answer: Json;
    try {
      const value =
        name === "sleep"
          ? await waitFor(this.#host, name, [Math.max(0, atMs - this.#elapsedMs)])
          : await waitFor(this.#host, name, args);
      this.#elapsedMs = Math.max(this.#elapsedMs, atMs);
      answer = { value };
    } catch (error) {
      answer = problem(error);
    }
    const failed = this.#evaluate(`__settle(${id}, ${literal(answer)})`, "node:internal");
    if (failed !== null) this.#report(failed);
  }

  #call(name: string, args: readonly Json[]): Json {
    const operation = OPERATIONS.get(name) ?? LOADING.get(name);
    if (!operation) return { error: { message: `${name}: not simulated in LeakLab` } };
    if (name === "write" && (this.#printed += String(args[1]).length) > PRINTED_CHARACTERS)
      return { error: { message: `a program may print at most ${PRINTED_CHARACTERS >> 20} MiB` } };
    try {
      return { value: operation(this.#host, args) };
    } catch (error) {
      return problem(error);
    }
  }

  #wait(name: string, args: readonly Json[]): Json {
    if (name === "cancel") {
      this.#waits = this.#waits.filter(({ id }) => id !== args[0]);
      return { value: null };
    }
    const id = this.#next++;
    const atMs = name === "sleep" ? this.#elapsedMs + Math.max(0, Number(args[0]) || 0) : 0;
    this.#waits.push({ id, name, args, atMs });
    return { value: id };
  }

  #define(name: string, run: (name: string, args: readonly Json[]) => Json): void {
    const context = this.#context;
    const handle = context.newFunction(name, (operation, args) => {
      const answer = run(context.getString(operation), JSON.parse(context.getString(args)) as Json[]);
      return context.newString(JSON.stringify(answer));
    });
    this.#global(name, undefined, handle);
    handle.dispose();
  }

  /** `__compile(file)`: the function of a CommonJS module, which keeps its own name in stacks. */
  #defineCompile(): void {
    const context = this.#context;
    const handle = context.newFunction("__compile", (file) => {
      const path = context.getString(file);
      const result = context.evalCode(wrapped(path, textOf(this.#host, path)), path);
      return result.error ? { error: result.error } : result.value;
    });
    this.#global("__compile", undefined, handle);
    handle.dispose();
  }

  #global(name: string, text?: string, handle?: QuickJSHandle): void {
    const value = handle ?? this.#context.newString(text ?? "");
    this.#context.setProp(this.#context.global, name, value);
    if (!handle) value.dispose();
  }

  /** Null, or what went wrong. */
  #evaluate(source: string, name: string): string | null {
    const result = this.#context.evalCode(source, name);
    if (result.error) return this.#describe(result.error);
    result.value.dispose();
    return null;
  }

  #read(source: string): unknown {
    const result = this.#context.evalCode(source, "node:internal");
    if (result.error) {
      result.error.dispose();
      return null;
    }
    const value = this.#context.dump(result.value) as unknown;
    result.value.dispose();
    return value;
  }

  #describe(error: QuickJSHandle): string {
    const dumped = this.#context.dump(error) as unknown;
    error.dispose();
    if (dumped === null || typeof dumped !== "object") return `Uncaught ${String(dumped)}`;
    const { name, message, stack } = dumped as { name?: string; message?: string; stack?: string };
    if (name === "InternalError" && message === "interrupted")
      return "stopped: the program does too much work";
    const frames = (stack ?? "")
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.includes("node:internal"));
    return [`${name ?? "Error"}: ${message ?? ""}`, ...frames].join("\n");
  }

  /** Tells what ended the program; leaving on purpose is no mistake. Returns true. */
  #report(description: string | null): boolean {
    if (description === null) return false;
    if (!description.startsWith("__Exit"))
      this.#host.write("stderr", `${description.startsWith("stopped") ? "node: " : ""}${description}\n`);
    return true;
  }
}

function literal(value: Json): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (c) => (c === "\u2028" ? "\\u2028" : "\\u2029"));
}

/** As a program of Node sees an error of the system. */
function problem(error: unknown): Json {
  const { code, path, message, name } = error as Record<string, string | undefined>;
  return {
    error: { message: message ?? "failed", code: code ?? null, path: path ?? null, type: name ?? "Error" },
  };
}
