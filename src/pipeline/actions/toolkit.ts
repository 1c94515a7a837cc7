/**
 * `core` as @actions/core has it, written in JavaScript for programs on QuickJS.
 * https://github.com/actions/toolkit/tree/main/packages/core
 */
export const TOOLKIT = String.raw`
(function () {
  const fs = require("node:fs");
  const text = (value) => value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
  const data = (value) => text(value).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
  const property = (value) => data(value).replace(/:/g, "%3A").replace(/,/g, "%2C");
  const command = (name, properties, message) => {
    const given = Object.entries(properties ?? {}).filter(([, value]) => value !== undefined && value !== "");
    process.stdout.write("::" + name + (given.length ? " " + given.map(([key, value]) => key + "=" + property(value)).join(",") : "") + "::" + data(message) + "\n");
  };
  const toFile = (variable, name, value) => {
    const delimiter = "ghadelimiter_" + require("node:crypto").randomUUID();
    fs.appendFileSync(process.env[variable], name + "<<" + delimiter + "\n" + text(value) + "\n" + delimiter + "\n");
  };
  const issue = (name) => (message, properties = {}) => command(name, { title: properties.title, file: properties.file, line: properties.startLine, endLine: properties.endLine, col: properties.startColumn, endColumn: properties.endColumn }, message instanceof Error ? message.toString() : message);
  class Summary {
    constructor() { this.buffer = ""; }
    addRaw(it, eol = false) { this.buffer += it; return eol ? this.addEOL() : this; }
    addEOL() { this.buffer += "\n"; return this; }
    tag(name, content, attributes = {}) { const given = Object.entries(attributes).filter(([, value]) => value).map(([key, value]) => " " + key + '="' + value + '"').join(""); return content === null ? "<" + name + given + ">" : "<" + name + given + ">" + content + "</" + name + ">"; }
    addHeading(it, level = 1) { return this.addRaw(this.tag("h" + level, it)).addEOL(); }
    addCodeBlock(code, lang) { return this.addRaw(this.tag("pre", this.tag("code", code), { lang })).addEOL(); }
    addList(items, ordered = false) { return this.addRaw(this.tag(ordered ? "ol" : "ul", items.map((it) => this.tag("li", it)).join(""))).addEOL(); }
    addTable(rows) { const cell = (it) => typeof it === "string" ? this.tag("td", it) : this.tag(it.header ? "th" : "td", it.data); return this.addRaw(this.tag("table", rows.map((row) => this.tag("tr", row.map(cell).join(""))).join(""))).addEOL(); }
    addDetails(label, content) { return this.addRaw(this.tag("details", this.tag("summary", label) + content)).addEOL(); }
    addLink(it, href) { return this.addRaw(this.tag("a", it, { href })).addEOL(); }
    addQuote(it, cite) { return this.addRaw(this.tag("blockquote", it, { cite })).addEOL(); }
    addBreak() { return this.addRaw("<br>").addEOL(); }
    addSeparator() { return this.addRaw("<hr>").addEOL(); }
    stringify() { return this.buffer; }
    isEmptyBuffer() { return this.buffer === ""; }
    emptyBuffer() { this.buffer = ""; return this; }
    async write(options) { fs[options?.overwrite ? "writeFileSync" : "appendFileSync"](process.env.GITHUB_STEP_SUMMARY, this.buffer); return this.emptyBuffer(); }
  }
  const core = {
    getInput(name, options) {
      const value = process.env["INPUT_" + name.replace(/ /g, "_").toUpperCase()] ?? "";
      if (options?.required && !value) throw new Error("Input required and not supplied: " + name);
      return options?.trimWhitespace === false ? value : value.trim();
    },
    getMultilineInput: (name, options) => core.getInput(name, options).split("\n").filter(Boolean),
    getBooleanInput(name, options) {
      const value = core.getInput(name, options);
      if (/^(true|True|TRUE)$/.test(value)) return true;
      if (/^(false|False|FALSE)$/.test(value)) return false;
      throw new TypeError('Input does not meet YAML 1.2 "Core Schema" specification: ' + name + "\nSupport boolean input list: \x60true | True | TRUE | false | False | FALSE\x60");
    },
    setOutput: (name, value) => toFile("GITHUB_OUTPUT", name, value),
    exportVariable(name, value) { process.env[name] = text(value); toFile("GITHUB_ENV", name, value); },
    setSecret: (value) => command("add-mask", {}, value),
    addPath(path) { fs.appendFileSync(process.env.GITHUB_PATH, path + "\n"); process.env.PATH = path + ":" + process.env.PATH; },
    setFailed(message) { process.exitCode = 1; core.error(message); },
    info: (message) => process.stdout.write(message + "\n"),
    debug: (message) => command("debug", {}, message),
    isDebug: () => process.env.RUNNER_DEBUG === "1",
    error: issue("error"), warning: issue("warning"), notice: issue("notice"),
    startGroup: (name) => command("group", {}, name),
    endGroup: () => command("endgroup", {}, ""),
    async group(name, run) { core.startGroup(name); try { return await run(); } finally { core.endGroup(); } },
    setCommandEcho: (enabled) => command("echo", {}, enabled ? "on" : "off"),
    saveState: (name, value) => toFile("GITHUB_STATE", name, value),
    getState: (name) => process.env["STATE_" + name] ?? "",
    async getIDToken(audience) {
      const url = process.env.ACTIONS_ID_TOKEN_REQUEST_URL;
      if (!url) throw new Error("Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable");
      const answer = await fetch(url + (audience ? "&audience=" + encodeURIComponent(audience) : ""), { headers: { Authorization: "Bearer " + process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN } });
      const { value } = await answer.json();
      core.setSecret(value);
      return value;
    },
    summary: new Summary(),
    platform: { platform: "linux", arch: "x64", isLinux: true, isMacOS: false, isWindows: false },
  };
  core.markdownSummary = core.summary;
  Object.defineProperty(global, "__core", { value: core, configurable: true, enumerable: false });
})();
`;
