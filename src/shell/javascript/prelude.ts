/**
 * The globals of a JavaScript program of the world, written in JavaScript: console, process, timers, fetch, Buffer, URL,
 * require. It runs inside QuickJS; `__call` and `__wait` are its only doors.
 */
export const PRELUDE = String.raw`
"use strict";
var global = this;
(function () {
  const callHost = __call, waitHost = __wait;
  for (const name of ["__call", "__wait"]) delete global[name];

  function answerOf(text) {
    const answer = JSON.parse(text);
    if (answer.error) throw errorOf(answer.error);
    return answer.value;
  }
  function errorOf(problem) {
    const Type = problem.type === "TypeError" ? TypeError : Error;
    const error = new Type(problem.message);
    if (problem.code) error.code = problem.code;
    if (problem.path) error.path = problem.path;
    return error;
  }
  const call = (name, ...args) => answerOf(callHost(name, JSON.stringify(args.map((it) => it === undefined ? null : it))));
  const pending = new Map();
  const wait = (name, ...args) => {
    const id = answerOf(waitHost(name, JSON.stringify(args)));
    const promise = new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
    promise.id = id;
    return promise;
  };
  hide("__settle", (id, answer) => {
    const waiting = pending.get(id);
    pending.delete(id);
    if (!waiting) return;
    if (answer.error) waiting.reject(errorOf(answer.error)); else waiting.resolve(answer.value);
  });
  function hide(name, value) {
    Object.defineProperty(global, name, { value, enumerable: false, configurable: true, writable: true });
  }
  hide("__host", { call, wait });

  // Time and chance
  const RealDate = Date;
  const now = () => call("now");
  const WorldDate = function (...args) {
    if (!new.target) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target);
  };
  WorldDate.prototype = RealDate.prototype;
  RealDate.prototype.constructor = WorldDate;
  Object.assign(WorldDate, { parse: RealDate.parse, UTC: RealDate.UTC });
  WorldDate["now"] = now;
  hide("Date", WorldDate);
  Math["random"] = () => call("random");
  hide("performance", { now: () => 0 });

  // Bytes
  const CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  function utf8(text) {
    const out = [];
    for (const character of String(text).toWellFormed()) {
      const c = character.codePointAt(0);
      if (c < 0x80) out.push(c);
      else if (c < 0x800) out.push(0xc0 | (c >> 6), 0x80 | (c & 63));
      else if (c < 0x10000) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
      else out.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    }
    return Uint8Array.from(out);
  }
  function fromUtf8(bytes) {
    let out = "";
    for (let i = 0; i < bytes.length;) {
      const b = bytes[i++];
      const more = b < 0x80 ? 0 : b >= 0xf0 && b < 0xf5 ? 3 : b >= 0xe0 ? 2 : b >= 0xc2 ? 1 : -1;
      if (more === 0) { out += String.fromCharCode(b); continue; }
      let c = more < 0 || b > 0xf4 ? -1 : b & (0x3f >> more);
      for (let k = 0; k < more && c >= 0; k++) {
        if ((bytes[i] & 0xc0) !== 0x80) c = -1; else c = (c << 6) | (bytes[i++] & 63);
      }
      out += c < 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? "\ufffd" : String.fromCodePoint(c);
    }
    return out;
  }
  function base64(bytes) {
    let out = "";
    for (let i = 0; i < bytes.length; i += 3) {
      const n = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      out += CODE[n >> 18] + CODE[(n >> 12) & 63] + (i + 1 < bytes.length ? CODE[(n >> 6) & 63] : "=") + (i + 2 < bytes.length ? CODE[n & 63] : "=");
    }
    return out;
  }
  const DIGITS = Object.assign(Object.create(null), { "-": 62, _: 63 });
  [...CODE].forEach((character, i) => { DIGITS[character] = i; });
  function unbase64(text) {
    const out = [];
    let held = 0, bits = 0;
    for (const character of String(text)) {
      const digit = DIGITS[character];
      if (digit === undefined) continue;
      held = ((held << 6) | digit) & 0xffff;
      bits += 6;
      if (bits >= 8) out.push((held >> (bits -= 8)) & 255);
    }
    return Uint8Array.from(out);
  }
  // The host is faster at this.
  const encoded = (text) => call("encode", String(text)), decoded = (text) => call("decode", text);
  const latin1 = (bytes) => Array.from(bytes, (b) => String.fromCharCode(b)).join("");
  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value !== "string") return Buffer.of(...(value instanceof ArrayBuffer ? new Uint8Array(value) : value));
      const name = String(encoding ?? "utf8").toLowerCase();
      const bytes = name.startsWith("base64") ? unbase64(value)
        : name === "hex" ? Uint8Array.from(value.match(/[0-9a-f]{2}/gi) ?? [], (pair) => parseInt(pair, 16))
        : name === "latin1" || name === "binary" || name === "ascii" ? Uint8Array.from(value, (c) => c.charCodeAt(0) & 255)
        : utf8(value);
      return new Buffer(bytes);
    }
    static alloc(size) { return new Buffer(size); }
    static isBuffer(value) { return value instanceof Buffer; }
    static byteLength(value) { return typeof value === "string" ? utf8(value).length : value.byteLength; }
    static concat(list) { return Buffer.of(...list.flatMap((it) => [...it])); }
    toString(encoding) {
      const name = String(encoding ?? "utf8").toLowerCase();
      if (name === "base64") return base64(this);
      if (name === "base64url") return base64(this).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
      if (name === "hex") return Array.from(this, (b) => b.toString(16).padStart(2, "0")).join("");
      return name === "latin1" || name === "binary" || name === "ascii" ? latin1(this) : fromUtf8(this);
    }
    equals(other) { return this.length === other.length && this.every((b, i) => b === other[i]); }
    toJSON() { return { type: "Buffer", data: [...this] }; }
  }
  hide("Buffer", Buffer);
  hide("TextEncoder", class TextEncoder { encode(text = "") { return utf8(text); } });
  hide("TextDecoder", class TextDecoder { decode(bytes = []) { return fromUtf8(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes); } });
  hide("btoa", (text) => base64(Uint8Array.from(String(text), (c) => c.charCodeAt(0))));
  hide("atob", (text) => latin1(unbase64(text)));
  hide("structuredClone", (value) => JSON.parse(JSON.stringify(value)));
  hide("__bytes", { utf8, fromUtf8, base64, unbase64, encoded });

  // Showing values
  const keyOf = (key) => typeof key === "symbol" ? "[" + String(key) + "]" : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
  const quoted = (text) => {
    const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : "'";
    return mark + text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\t/g, "\\t").replaceAll(mark, "\\" + mark) + mark;
  };
  function inspect(value, options) { return show(value, 0, [], options?.depth ?? 2); }
  function show(value, level, above, depth) {
    if (typeof value === "string") return quoted(value);
    if (typeof value === "bigint") return value + "n";
    if (Object.is(value, -0)) return "-0";
    if (typeof value === "symbol" || value === null || (typeof value !== "object" && typeof value !== "function")) return String(value);
    if (above.includes(value)) return "[Circular *1]";
    const name = value.constructor?.name ?? "";
    if (typeof value === "function") return /^class\b/.test(Function.prototype.toString.call(value)) ? "[class " + (value.name || "(anonymous)") + "]" : "[Function" + (value.name ? ": " + value.name : " (anonymous)") + "]";
    if (value instanceof Error) return stackOf(value);
    if (value instanceof RealDate) return isNaN(value) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return "Promise { <pending> }";
    const isList = Array.isArray(value) || ArrayBuffer.isView(value);
    if (level > depth) return isList ? "[Array]" : "[" + (name || "Object") + "]";
    const within = (it) => show(it, level + 1, [...above, value], depth);
    const parts = isList ? Array.from(value).slice(0, 100).map(within)
      : value instanceof Map ? [...value].map(([k, v]) => within(k) + " => " + within(v))
      : value instanceof Set ? [...value].map(within)
      : Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key)).map((key) => keyOf(key) + ": " + within(value[key]));
    const size = value instanceof Map || value instanceof Set ? "(" + value.size + ") " : ArrayBuffer.isView(value) ? "(" + value.length + ") " : "";
    const prefix = size ? name + size : Object.getPrototypeOf(value) === null ? "[Object: null prototype] " : name !== "Object" && name !== "Array" && name ? name + " " : "";
    if (isList && value.length > 100) parts.push("... " + (value.length - 100) + " more items");
    const [open, close] = isList ? ["[", "]"] : ["{", "}"];
    if (parts.length === 0) return prefix + open + close;
    const line = prefix + open + " " + parts.join(", ") + " " + close;
    if (line.length + level * 2 <= 72 && !line.includes("\n")) return line;
    const indent = "\n" + "  ".repeat(level + 1);
    return prefix + open + indent + parts.join("," + indent) + "\n" + "  ".repeat(level) + close;
  }
  function stackOf(error) {
    const frames = String(error.stack ?? "").split("\n").filter((line) => line.trim() && !line.includes("node:internal"));
    return [error.name + (error.message ? ": " + error.message : ""), ...frames].join("\n");
  }
  function format(...args) {
    let rest = args;
    let out = "";
    if (typeof args[0] === "string") {
      rest = args.slice(1);
      out = args[0].replace(/%[sdifjoO%]/g, (mark) => {
        if (mark === "%%") return "%";
        if (rest.length === 0) return mark;
        const value = rest.shift();
        if (mark === "%s") return typeof value === "string" ? value : inspect(value);
        if (mark === "%j") return JSON.stringify(value);
        if (mark === "%d" || mark === "%f") return String(Number(value));
        return mark === "%i" ? String(parseInt(value)) : inspect(value);
      });
      rest = ["", ...rest].slice(rest.length ? 1 : 1);
      return [out, ...rest.map((it) => typeof it === "string" ? it : inspect(it))].join(" ");
    }
    return rest.map((it) => typeof it === "string" ? it : inspect(it)).join(" ");
  }
  hide("__show", { inspect, format, stackOf });

  // console and process
  let indentation = "";
  const print = (stream) => (...args) => call("write", stream, (indentation === "" ? format(...args) : format(...args).replace(/^/gm, indentation)) + "\n");
  const out = print("stdout"), err = print("stderr");
  const counts = new Map();
  hide("console", {
    log: out, info: out, debug: out, error: err, warn: err, trace: err,
    dir: (value) => out(inspect(value)),
    group: (...args) => { if (args.length) out(...args); indentation += "  "; },
    groupEnd: () => { indentation = indentation.slice(2); },
    assert: (ok, ...args) => { if (!ok) err("Assertion failed" + (args.length ? ":" : ""), ...args); },
    count: (label = "default") => { counts.set(label, (counts.get(label) ?? 0) + 1); out(label + ": " + counts.get(label)); },
    table: (value) => out(inspect(value)),
    time: () => {}, timeEnd: () => {},
  });
  class Exit extends Error { constructor() { super(""); this.name = "__Exit"; } }
  const listeners = [];
  const stream = (name) => ({ write: (text) => { call("write", name, typeof text === "string" ? text : fromUtf8(text)); return true; }, isTTY: false, on() { return this; } });
  hide("process", {
    env: {}, argv: [], argv0: "node", execArgv: [], execPath: "/usr/bin/node",
    exitCode: undefined, pid: 1234, platform: "linux", arch: "x64", title: "node",
    version: "v24.0.0", versions: { node: "24.0.0", quickjs: "ng" }, release: { name: "node" },
    cwd: () => cwd, uptime: () => 0, hrtime: Object.assign(() => [0, 0], { bigint: () => 0n }),
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0 }), umask: () => 18,
    nextTick: (run, ...args) => void Promise.resolve().then(() => run(...args)),
    emitWarning: (text) => err("(node) Warning: " + text),
    stdout: stream("stdout"), stderr: stream("stderr"), stdin: { isTTY: false, on() { return this; } },
    on(name, run) { if (name === "exit") listeners.push(run); return this; }, once(name, run) { return this.on(name, run); }, off() { return this; },
    exit(code) {
      if (code !== undefined) this.exitCode = Number(code);
      this.exitCode ??= 0;
      global.__over = true;
      throw new Exit();
    },
  });
  let cwd = "/";
  hide("__begin", (text) => {
    const facts = JSON.parse(text);
    delete global.__begin;
    Object.assign(process, { env: facts.env, argv: facts.argv });
    cwd = facts.cwd;
  });
  hide("__over", false);
  const unhandled = [];
  hide("__unhandled", (error) => unhandled.push(error));
  hide("__finish", () => {
    for (const run of listeners.splice(0)) run(process.exitCode ?? 0);
    if (unhandled.length > 0) { const error = unhandled.shift(); if (error?.name !== "__Exit") { process.exitCode ||= 1; throw error; } }
  });

  // Timers and the network
  const timers = new Map();
  const later = (run, ms, args, again) => {
    const promise = wait("sleep", again === null ? 0 : Number(ms) || 0);
    const id = promise.id;
    timers.set(id, true);
    promise.then(() => {
      if (!timers.delete(id)) return;
      run(...args);
    }).catch(__unhandled);
    return { id, unref() { return this; }, ref() { return this; }, hasRef: () => true, [Symbol.toPrimitive]: () => id };
  };
  const clear = (timer) => { const id = timer?.id ?? timer; if (timers.delete(id)) { pending.delete(id); waitHost("cancel", JSON.stringify([id])); } };
  hide("setTimeout", (run, ms, ...args) => later(run, ms, args));
  hide("setImmediate", (run, ...args) => later(run, 0, args));
  hide("setInterval", (run, ms, ...args) => {
    const handle = { id: 0, unref() { return this; } };
    const step = () => { handle.id = later(() => { step(); run(...args); }, ms, []).id; };
    step();
    return handle;
  });
  for (const name of ["clearTimeout", "clearImmediate", "clearInterval"]) hide(name, clear);
  hide("queueMicrotask", (run) => void Promise.resolve().then(run));

  class Headers {
    constructor(init) { this.map = new Map(); const pairs = init instanceof Headers ? init.map : Array.isArray(init) ? init : Object.entries(init ?? {}); for (const [name, value] of pairs) this.set(name, value); }
    get(name) { return this.map.get(String(name).toLowerCase()) ?? null; }
    set(name, value) { this.map.set(String(name).toLowerCase(), String(value)); }
    append(name, value) { const old = this.get(name); this.set(name, old === null ? value : old + ", " + value); }
    has(name) { return this.map.has(String(name).toLowerCase()); }
    delete(name) { this.map.delete(String(name).toLowerCase()); }
    forEach(run) { for (const [name, value] of this.map) run(value, name, this); }
    entries() { return this.map.entries(); }
    keys() { return this.map.keys(); }
    [Symbol.iterator]() { return this.map.entries(); }
  }
  class Response {
    #body;
    constructor(answer, url) {
      this.status = answer.status; this.statusText = answer.statusText; this.url = url;
      this.ok = answer.status >= 200 && answer.status < 300; this.headers = new Headers(answer.headers); this.bodyUsed = false;
      this.#body = answer.body;
    }
    async text() { this.bodyUsed = true; return decoded(this.#body); }
    async json() { return JSON.parse(await this.text()); }
    async arrayBuffer() { return unbase64(this.#body).buffer; }
  }
  hide("Headers", Headers);
  hide("Response", Response);
  hide("fetch", async (input, init = {}) => {
    const url = String(input?.href ?? input?.url ?? input);
    const { body = null } = init;
    const bytes = body === null || body === undefined ? null : typeof body === "string" || body instanceof URLSearchParams ? encoded(body) : base64(body);
    const headers = Object.fromEntries(new Headers(init.headers));
    return new Response(await wait("fetch", url, String(init.method ?? "GET").toUpperCase(), headers, bytes), url);
  });
  class URLSearchParams {
    constructor(init = "") {
      const plain = (text) => decodeURIComponent(text.replace(/\+/g, " "));
      this.pairs = typeof init === "string"
        ? init.replace(/^\?/, "").split("&").filter(Boolean).map((pair) => { const at = pair.indexOf("="); return at < 0 ? [plain(pair), ""] : [plain(pair.slice(0, at)), plain(pair.slice(at + 1))]; })
        : [...(init[Symbol.iterator] ? init : Object.entries(init))].map(([a, b]) => [String(a), String(b)]);
    }
    get(name) { return this.pairs.find(([it]) => it === name)?.[1] ?? null; }
    getAll(name) { return this.pairs.filter(([it]) => it === name).map((pair) => pair[1]); }
    has(name) { return this.pairs.some(([it]) => it === name); }
    append(name, value) { this.pairs.push([String(name), String(value)]); }
    set(name, value) { this.delete(name); this.append(name, value); }
    delete(name) { this.pairs = this.pairs.filter(([it]) => it !== name); }
    toString() { const code = (text) => encodeURIComponent(text).replace(/%20/g, "+").replace(/[!'()~]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase()); return this.pairs.map(([a, b]) => code(a) + "=" + code(b)).join("&"); }
    [Symbol.iterator]() { return this.pairs[Symbol.iterator](); }
  }
  class URL {
    constructor(text, base) { Object.assign(this, call("url", String(text), base === undefined ? null : String(base))); this.searchParams = new URLSearchParams(this.search); }
    toString() { const query = this.searchParams.toString(); return this.origin + this.pathname + (query ? "?" + query : "") + this.hash; }
    toJSON() { return this.toString(); }
  }
  hide("URL", URL);
  hide("URLSearchParams", URLSearchParams);
})();
`;
