/** Node's modules as far as LeakLab has them, and `require`. JavaScript that runs inside QuickJS, after the prelude. */
export const MODULES = String.raw`
(function () {
  const compile = __compile, { call, wait } = __host, { utf8, fromUtf8, base64, unbase64, encoded } = __bytes, { inspect, format, stackOf } = __show;
  const isUtf8 = (encoding) => /^utf-?8$/i.test(encoding);
  const bytesOf = (data, encoding = "utf8") => typeof data !== "string" ? base64(data) : isUtf8(encoding) ? encoded(data) : base64(Buffer.from(data, encoding));
  const encodingOf = (options) => typeof options === "string" ? options : options?.encoding ?? null;
  const text = (path) => String(path?.pathname ?? path);

  const statOf = (path, follow) => {
    const stat = call("stat", text(path), follow);
    return { ...stat, isFile: () => stat.isFile, isDirectory: () => stat.isDirectory, isSymbolicLink: () => stat.isSymbolicLink, mtime: new Date(stat.mtimeMs) };
  };
  const fs = {
    readFileSync(path, options) {
      if (path === 0 || path === "/dev/stdin") return encodingOf(options) ? call("stdin") : Buffer.from(call("stdin"));
      const encoding = encodingOf(options);
      if (isUtf8(encoding)) return call("text", text(path));
      const bytes = Buffer.from(call("read", text(path)), "base64");
      return encoding ? bytes.toString(encoding) : bytes;
    },
    writeFileSync(path, data, options) { call(options?.flag === "a" ? "append" : "put", text(path), bytesOf(data, encodingOf(options) ?? undefined)); },
    appendFileSync(path, data) { call("append", text(path), bytesOf(data)); },
    existsSync(path) { return call("exists", text(path)); },
    readdirSync(path, options) {
      const list = (folder, prefix) => call("list", folder).flatMap((name) => {
        const full = folder + "/" + name, stat = statOf(full, false);
        const entry = options?.withFileTypes ? { ...stat, name, parentPath: folder } : prefix + name;
        return options?.recursive && stat.isDirectory() ? [entry, ...list(full, prefix + name + "/")] : [entry];
      });
      return options?.withFileTypes || options?.recursive ? list(text(path), "") : call("list", text(path));
    },
    statSync: (path, options) => options?.throwIfNoEntry === false && !fs.existsSync(path) ? undefined : statOf(path, true),
    lstatSync: (path) => statOf(path, false),
    accessSync(path) { statOf(path, true); },
    mkdirSync(path, options) { call("mkdir", text(path), options?.recursive === true); },
    rmSync(path, options) { call("remove", text(path), options?.recursive === true, options?.force === true); },
    rmdirSync(path) { call("remove", text(path), false, false); },
    unlinkSync(path) { call("remove", text(path), false, false); },
    renameSync(from, to) { call("rename", text(from), text(to)); },
    chmodSync(path, mode) { call("chmod", text(path), Number(mode)); },
    copyFileSync(from, to) { call("put", text(to), call("read", text(from))); },
    realpathSync: (path) => call("realpath", text(path)),
    mkdtempSync(prefix) { const path = prefix + Array.from({ length: 6 }, () => "abcdefghijklmnopqrstuvwxyz"[Math.floor(Math["random"]() * 26)]).join(""); call("mkdir", path, false); return path; },
  };
  const promises = {};
  for (const [name, run] of Object.entries(fs)) {
    if (!name.endsWith("Sync")) continue;
    const plain = name.slice(0, -4);
    promises[plain] = async (...args) => run(...args);
    fs[plain] = (...args) => {
      const done = args.pop();
      Promise.resolve().then(() => run(...args)).then((value) => done(null, value), (error) => done(error));
    };
  }
  fs.promises = promises;

  const path = {
    sep: "/", delimiter: ":",
    normalize(it) {
      const parts = [];
      for (const part of it.split("/")) {
        if (part === "..") { if (parts.length && parts.at(-1) !== "..") parts.pop(); else if (!it.startsWith("/")) parts.push(".."); }
        else if (part !== "" && part !== ".") parts.push(part);
      }
      return ((it.startsWith("/") ? "/" : "") + parts.join("/") || ".") + (it.endsWith("/") && parts.length ? "/" : "");
    },
    join: (...parts) => path.normalize(parts.filter(Boolean).join("/") || "."),
    resolve: (...parts) => { let at = ""; for (const part of [process.cwd(), ...parts]) at = part.startsWith("/") ? part : at + "/" + part; const out = path.normalize(at); return out.length > 1 ? out.replace(/\/$/, "") : out; },
    isAbsolute: (it) => it.startsWith("/"),
    dirname: (it) => { const at = it.replace(/\/+$/, "").lastIndexOf("/"); return at < 0 ? "." : it.slice(0, at) || "/"; },
    basename: (it, ending = "") => { const name = it.replace(/\/+$/, "").split("/").at(-1) ?? ""; return ending && name.endsWith(ending) && name !== ending ? name.slice(0, -ending.length) : name; },
    extname: (it) => { const name = path.basename(it), at = name.lastIndexOf("."); return at <= 0 ? "" : name.slice(at); },
    relative(from, to) {
      const a = path.resolve(from).split("/").filter(Boolean), b = path.resolve(to).split("/").filter(Boolean);
      let same = 0;
      while (same < a.length && a[same] === b[same]) same++;
      return [...a.slice(same).map(() => ".."), ...b.slice(same)].join("/");
    },
    parse: (it) => ({ root: it.startsWith("/") ? "/" : "", dir: path.dirname(it), base: path.basename(it), ext: path.extname(it), name: path.basename(it, path.extname(it)) }),
  };
  path.posix = path;

  // assert
  class AssertionError extends Error {
    constructor({ message, actual, expected, operator, generated }) {
      super(message);
      Object.assign(this, { code: "ERR_ASSERTION", actual, expected, operator, generatedMessage: generated === true });
      this.name = "AssertionError";
    }
  }
  function same(a, b, strict) {
    if (strict ? Object.is(a, b) : a == b || (Number.isNaN(a) && Number.isNaN(b))) return true;
    if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
    if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
    if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b);
    if (a instanceof Error && b instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
    if (a instanceof Map && b instanceof Map) return a.size === b.size && [...a].every(([k, v]) => b.has(k) && same(v, b.get(k), strict));
    if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((it) => b.has(it) || [...b].some((other) => same(it, other, strict)));
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key], strict));
  }
  function fail(message, standard, operator, actual, expected) {
    if (message instanceof Error) throw message;
    throw new AssertionError({ message: message ?? standard, actual, expected, operator, generated: message === undefined });
  }
  function fits(error, expected) {
    if (expected === undefined) return true;
    if (expected instanceof RegExp) return expected.test(String(error));
    if (typeof expected === "function") return expected.prototype !== undefined && error instanceof expected ? true : Error.isPrototypeOf(expected) ? false : expected.call({}, error) === true;
    return Object.entries(expected).every(([key, value]) => value instanceof RegExp && typeof error[key] === "string" ? value.test(error[key]) : same(error[key], value, true));
  }
  const unequal = (a, b) => "Expected values to be strictly equal:\n\n" + inspect(a) + " !== " + inspect(b) + "\n";
  function makeAssert(strict) {
    const assert = (value, message) => assert.ok(value, message);
    return Object.assign(assert, {
      AssertionError,
      ok(value, message) { if (!value) fail(message, "The expression evaluated to a falsy value:\n\n  assert.ok(" + inspect(value) + ")\n", "==", value, true); },
      equal(a, b, message) { if (strict ? !Object.is(a, b) : a != b) fail(message, strict ? unequal(a, b) : inspect(a) + " == " + inspect(b), strict ? "strictEqual" : "==", a, b); },
      notEqual(a, b, message) { if (strict ? Object.is(a, b) : a == b) fail(message, 'Expected "actual" to be strictly unequal to: ' + inspect(b), strict ? "notStrictEqual" : "!=", a, b); },
      strictEqual(a, b, message) { if (!Object.is(a, b)) fail(message, unequal(a, b), "strictEqual", a, b); },
      notStrictEqual(a, b, message) { if (Object.is(a, b)) fail(message, 'Expected "actual" to be strictly unequal to: ' + inspect(b), "notStrictEqual", a, b); },
      deepEqual(a, b, message) { if (!same(a, b, strict)) fail(message, "Expected values to be " + (strict ? "strictly" : "loosely") + " deep-equal:\n\n" + inspect(a) + "\n\nshould " + (strict ? "" : "loosely ") + "deep-equal\n\n" + inspect(b), strict ? "deepStrictEqual" : "deepEqual", a, b); },
      deepStrictEqual(a, b, message) { if (!same(a, b, true)) fail(message, "Expected values to be strictly deep-equal:\n\n" + inspect(a) + "\n\nshould deep-equal\n\n" + inspect(b), "deepStrictEqual", a, b); },
      notDeepStrictEqual(a, b, message) { if (same(a, b, true)) fail(message, 'Expected "actual" not to be strictly deep-equal to: ' + inspect(b), "notDeepStrictEqual", a, b); },
      notDeepEqual(a, b, message) { if (same(a, b, strict)) fail(message, 'Expected "actual" not to be deep-equal to: ' + inspect(b), "notDeepEqual", a, b); },
      throws(run, expected, message) {
        let thrown;
        try { run(); } catch (error) { thrown = { error }; }
        if (!thrown) fail(typeof expected === "string" ? expected : message, "Missing expected exception.", "throws");
        if (typeof expected !== "string" && !fits(thrown.error, expected)) throw thrown.error;
      },
      doesNotThrow(run, message) { try { run(); } catch (error) { fail(typeof message === "string" ? message : undefined, "Got unwanted exception.\nActual message: \"" + error.message + "\"", "doesNotThrow"); } },
      async rejects(work, expected, message) {
        let thrown;
        try { await (typeof work === "function" ? work() : work); } catch (error) { thrown = { error }; }
        if (!thrown) fail(message, "Missing expected rejection.", "rejects");
        if (!fits(thrown.error, expected)) throw thrown.error;
      },
      async doesNotReject(work, message) { try { await (typeof work === "function" ? work() : work); } catch (error) { fail(message, "Got unwanted rejection.\nActual message: \"" + error.message + "\"", "doesNotReject"); } },
      match(value, pattern, message) { if (typeof value !== "string" || !pattern.test(value)) fail(message, "The input did not match the regular expression " + pattern + ". Input:\n\n" + inspect(value) + "\n", "match", value, pattern); },
      doesNotMatch(value, pattern, message) { if (pattern.test(value)) fail(message, "The input was expected to not match the regular expression " + pattern + ". Input:\n\n" + inspect(value) + "\n", "doesNotMatch", value, pattern); },
      ifError(value) { if (value !== null && value !== undefined) throw value; },
      fail(message) { fail(message, "Failed", "fail"); },
    });
  }
  const assert = makeAssert(false);
  assert.strict = makeAssert(true);
  assert.strict.strict = assert.strict;

  // node:test, with the words of its spec reporter
  const totals = { tests: 0, suites: 0, pass: 0, fail: 0, skipped: 0, todo: 0 };
  let root = null;
  const suiteOf = (parent) => ({ parent, level: parent ? parent.level + 1 : 0, items: [], hooks: { before: [], after: [], beforeEach: [], afterEach: [] } });
  let current = null;
  const say = (level, line) => console.log("  ".repeat(level) + line);
  function begin() {
    if (root) return root;
    root = current = suiteOf(null);
    Promise.resolve().then(() => runSuite(root)).then(() => {
      for (const [name, value] of [["tests", totals.tests], ["suites", totals.suites], ["pass", totals.pass], ["fail", totals.fail], ["cancelled", 0], ["skipped", totals.skipped], ["todo", totals.todo], ["duration_ms", 0]]) console.log("ℹ " + name + " " + value);
      if (totals.fail > 0) process.exitCode = 1;
    }).catch(__unhandled);
    return root;
  }
  function argumentsOf(args) {
    const name = typeof args[0] === "string" ? args.shift() : undefined;
    const options = typeof args[0] === "object" && args[0] !== null ? args.shift() : {};
    const run = args[0];
    return { name: name ?? run?.name ?? "<anonymous>", options, run };
  }
  function test(...args) { begin(); current.items.push({ kind: "test", ...argumentsOf(args) }); return Promise.resolve(); }
  function describe(...args) {
    begin();
    const suite = suiteOf(current);
    const { name, options, run } = argumentsOf(args);
    current.items.push({ kind: "suite", name, options, suite });
    const outer = current;
    current = suite;
    try { run?.(suite); } finally { current = outer; }
    return Promise.resolve();
  }
  for (const it of [test, describe]) {
    it.skip = (...args) => { const given = argumentsOf(args); return it(given.name, { ...given.options, skip: true }, it === describe ? () => {} : given.run); };
    it.todo = (...args) => { const given = argumentsOf(args); return it(given.name, { ...given.options, todo: true }, given.run ?? (() => {})); };
    it.only = it;
  }
  const hook = (name) => (run) => { begin(); current.hooks[name].push(run); };
  async function runSuite(suite) {
    for (const run of suite.hooks.before) await run();
    let ok = true;
    for (let i = 0; i < suite.items.length; i++) ok = (await runItem(suite.items[i], suite)) && ok;
    for (const run of suite.hooks.after) await run();
    return ok;
  }
  async function runItem(item, suite) {
    if (item.kind === "suite") {
      totals.suites++;
      say(suite.level, "▶ " + item.name);
      const ok = item.options.skip ? true : await runSuite(item.suite);
      say(suite.level, (ok ? "✔ " : "✖ ") + item.name + " (0ms)");
      return ok;
    }
    totals.tests++;
    if (item.options.skip || !item.run) { totals.skipped++; say(suite.level, "﹣ " + item.name + " (0ms) # SKIP"); return true; }
    const inner = suiteOf(suite);
    const context = { name: item.name, diagnostic: (line) => say(suite.level, "ℹ " + line), skip: () => { context.skipped = true; },
      test: async (...args) => { const ok = await runItem({ kind: "test", ...argumentsOf(args) }, inner); if (!ok) context.failed = true; }, assert };
    const chain = [];
    for (let at = suite; at; at = at.parent) chain.unshift(at);
    try {
      for (const at of chain) for (const run of at.hooks.beforeEach) await run(context);
      await item.run(context);
      for (const at of chain.reverse()) for (const run of at.hooks.afterEach) await run(context);
      if (context.failed) throw new Error("1 subtest failed");
      totals[context.skipped ? "skipped" : item.options.todo ? "todo" : "pass"]++;
      say(suite.level, "✔ " + item.name + " (0ms)");
      return true;
    } catch (error) {
      if (error?.name === "__Exit") throw error;
      if (item.options.todo) { totals.todo++; return true; }
      totals.fail++;
      say(suite.level, "✖ " + item.name + " (0ms)");
      for (const line of stackOf(error).split("\n")) say(suite.level + 1, line);
      return false;
    }
  }
  const testModule = Object.assign((...args) => test(...args), { test, it: test, describe, suite: describe, skip: test.skip, todo: test.todo, only: test, before: hook("before"), after: hook("after"), beforeEach: hook("beforeEach"), afterEach: hook("afterEach") });
  for (const name of ["it", "describe"]) testModule[name] = name === "it" ? test : describe;

  const util = { inspect, format, isDeepStrictEqual: (a, b) => same(a, b, true),
    promisify: (run) => (...args) => new Promise((resolve, reject) => run(...args, (error, value) => error ? reject(error) : resolve(value))) };
  const crypto = {
    createHash: (name) => { let sum = []; return { update(data) { sum = [...sum, ...(typeof data === "string" ? utf8(data) : data)]; return this; }, digest(encoding) { const bytes = Buffer.from(call("digest", name, base64(Uint8Array.from(sum))), "hex"); return encoding ? bytes.toString(encoding) : bytes; } }; },
    randomBytes: (length) => Buffer.from(Array.from({ length }, () => Math.floor(Math["random"]() * 256))),
    randomUUID: () => { const hex = crypto.randomBytes(16).toString("hex"); return [hex.slice(0, 8), hex.slice(8, 12), "4" + hex.slice(13, 16), "a" + hex.slice(17, 20), hex.slice(20)].join("-"); },
  };
  Object.defineProperty(global, "crypto", { value: { randomUUID: crypto.randomUUID, getRandomValues: (array) => { array.set(crypto.randomBytes(array.length)); return array; } }, enumerable: false, configurable: true });
  const BUILT_IN = {
    fs, "fs/promises": promises, path, assert, "assert/strict": assert.strict, test: testModule, util, crypto, process,
    os: { EOL: "\n", tmpdir: () => process.env.RUNNER_TEMP ?? "/tmp", homedir: () => process.env.HOME ?? "/", platform: () => "linux", hostname: () => process.env.HOSTNAME ?? "runner", type: () => "Linux", cpus: () => [{}] },
    url: { URL, URLSearchParams, fileURLToPath: (it) => decodeURIComponent(new URL(it).pathname), pathToFileURL: (it) => new URL("file://" + it) },
    "timers/promises": { setTimeout: (ms, value) => new Promise((resolve) => setTimeout(() => resolve(value), ms)) },
  };

  // require
  for (const name of ["__compile", "__host", "__bytes", "__show"]) delete global[name];
  const loaded = new Map();
  function load(file) {
    if (file.startsWith("node:")) return BUILT_IN[file.slice(5)];
    if (loaded.has(file)) return loaded.get(file).exports;
    const source = fromUtf8(unbase64(call("read", file)));
    const module = { exports: {}, filename: file, id: file, loaded: false, children: [], paths: [] };
    loaded.set(file, module);
    if (file.endsWith(".json")) {
      try { module.exports = JSON.parse(source); } catch { loaded.delete(file); throw new SyntaxError(file + ": not valid JSON"); }
      return module.exports;
    }
    if (call("isModule", file)) { loaded.delete(file); throw Object.assign(new Error("require() of ES Module " + file + " is not simulated in LeakLab"), { code: "ERR_REQUIRE_ESM" }); }
    compile(file).call(module.exports, module.exports, requireFrom(file, module), module, file, path.dirname(file));
    module.loaded = true;
    return module.exports;
  }
  function requireFrom(file, main) {
    const find = (name) => {
      const bare = String(name).replace(/^node:/, "");
      if (Object.hasOwn(BUILT_IN, bare)) return "node:" + bare;
      const found = call("resolve", file, String(name));
      if (!found.startsWith("/")) throw Object.assign(new Error(String(name).startsWith("node:") || /^(?:child_process|http|https|net|os|stream|zlib|worker_threads|events|vm)$/.test(name) ? "module '" + name + "': not simulated in LeakLab" : "Cannot find module '" + name + "'\nRequire stack:\n- " + file), { code: "MODULE_NOT_FOUND" });
      return found;
    };
    return Object.assign((name) => load(find(name)), { resolve: find, cache: {}, main });
  }
  const define = (name, value) => Object.defineProperty(global, name, { value, enumerable: false, configurable: true, writable: true });
  define("__require", (name) => load(name));
  define("require", requireFrom(process.cwd() + "/[eval]", undefined));
  define("__enter", (file) => {
    const module = { exports: {}, filename: file, id: ".", loaded: false, children: [], paths: [] };
    loaded.set(file, module);
    for (const [name, value] of Object.entries({ module, exports: module.exports, require: requireFrom(file, module), __filename: file, __dirname: path.dirname(file) })) define(name, value);
  });
  define("__track", (value) => { if (value instanceof Promise) value.catch(__unhandled); });
  define("__main", (file) => {
    if (!call("isModule", file)) return void load(file);
    import(file).catch(__unhandled);
  });
})();
`;
