/** The realm in a worker thread of its own: nothing of a test's own process is ever patched. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startThread, type TestThread } from "../../tests/threads/testThread.ts";
import type { Question } from "../../tests/hostile/inside.thread.ts";

let thread: TestThread<Question, unknown>;
const inside = async (evaluate: string): Promise<unknown> => {
  const text = (await thread.ask({ evaluate })) as string;
  return /^(?:throws|rejects|function|undefined)/.test(text) ? text : JSON.parse(text);
};

beforeAll(async () => {
  thread = await startThread<Question, unknown>("tests/hostile/inside.thread.ts");
}, 120_000);
afterAll(() => thread.end());

type Case = readonly [expression: string, value: unknown];

describe("Date", () => {
  const CASES: readonly Case[] = [
    ["Date.now()", 0],
    ["new Date().toISOString()", "1970-01-01T00:00:00.000Z"],
    ["new Date(2020, 0, 2, 3, 4, 5, 6).toISOString()", "2020-01-02T03:04:05.006Z"],
    ["new Date(99, 0).getFullYear()", 1999],
    ["new Date('2020-06-01T12:00').toISOString()", "2020-06-01T12:00:00.000Z"],
    ["new Date('2020-06-01').toISOString()", "2020-06-01T00:00:00.000Z"],
    ["new Date('June 1, 2020 12:00').toISOString()", "2020-06-01T12:00:00.000Z"],
    ["new Date('2020-06-01T12:00+02:00').toISOString()", "2020-06-01T10:00:00.000Z"],
    ["new Date('Mon, 01 Jun 2020 12:00:00 GMT').getTime()", 1591012800000],
    [
      "new Date('Mon Jun 01 2020 12:00:00 GMT+0530 (India Standard Time)').toISOString()",
      "2020-06-01T06:30:00.000Z",
    ],
    ["new Date('nonsense').getTime()", null],
    ["String(new Date('nonsense'))", "Invalid Date"],
    ["new Date(1591012800000).toString()", "Mon Jun 01 2020 12:00:00 GMT+0000 (Coordinated Universal Time)"],
    ["new Date(1591012800000).toDateString()", "Mon Jun 01 2020"],
    ["Date()", "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)"],
    ["new Date(0).getTimezoneOffset()", 0],
    [
      "(() => { const date = new Date(0); date.setHours(26, 1); return date.toISOString(); })()",
      "1970-01-02T02:01:00.000Z",
    ],
    ["new Date(0) instanceof Date", true],
    ["new Date(0).constructor === Date", true],
    ["Object.prototype.toString.call(new Date(0))", "[object Date]"],
    [
      "(() => { class Later extends Date { next() { return this.getTime() + 1; } } const later = new Later(4); return [later.next(), later instanceof Later]; })()",
      [5, true],
    ],
    ["JSON.stringify({ at: new Date(5) })", '{"at":"1970-01-01T00:00:00.005Z"}'],
    ["Date.length >= 0 && Date.name", "Date"],
    ["new Date(new Date(7)).getTime()", 7],
    ["Reflect.construct(Date, [9]).getTime()", 9],
    ["structuredClone(new Date(3)).getTime()", 3],
  ];
  test.each(CASES)("%s", async (expression, value) => expect(await inside(expression)).toEqual(value));

  test("nobody can put the host's back", async () => {
    expect(await inside("(() => { 'use strict'; globalThis.Date = null; })()")).toBe("throws: TypeError");
    expect(await inside("delete globalThis.Date")).toBe(false);
    expect(await inside("Object.getPrototypeOf(new Date(0)).constructor.now()")).toBe(0);
  });
});

describe("locale", () => {
  const CASES: readonly Case[] = [
    ["['aa', 'z', 'Ab', 'a', 'å'].sort((x, y) => x.localeCompare(y))", ["Ab", "a", "aa", "z", "å"]],
    ["'a'.localeCompare('B', 'da')", 1],
    ["'I'.toLocaleLowerCase('tr')", "i"],
    ["'i'.toLocaleUpperCase('tr')", "I"],
    ["(1234.5).toLocaleString()", "1,234.5"],
    ["new Intl.NumberFormat().format(1234.5)", "1,234.5"],
    ["Intl.NumberFormat().resolvedOptions().locale", "en-US"],
    ["new Intl.DateTimeFormat().resolvedOptions().timeZone", "UTC"],
    ["new Intl.DateTimeFormat(undefined, { timeZone: 'Asia/Tokyo', hour: 'numeric' }).format(0)", "9 AM"],
    ["new Date(0).toLocaleDateString()", "1/1/1970"],
    ["new Date(0).toLocaleTimeString().replace(/\\s/g, ' ')", "12:00:00 AM"],
    ["new Intl.Collator().resolvedOptions().locale", "en-US"],
  ];
  test.each(CASES)("%s", async (expression, value) => expect(await inside(expression)).toEqual(value));
});

describe("chance and time", () => {
  const CASES: readonly Case[] = [
    // Outside every world there is no chance at all.
    ["Math.random()", 0],
    ["[...crypto.getRandomValues(new Uint8Array(3))]", [0, 0, 0]],
    ["crypto.randomUUID()", "00000000-0000-4000-8000-000000000000"],
    ["performance.now()", 0],
    ["new Promise((done) => setTimeout(() => done('turn'), 0))", "turn"],
    ["new Promise((done) => setImmediate(() => done('turn')))", "turn"],
    [
      "new Promise((done) => { setTimeout(() => done('late'), 5); setTimeout(() => setTimeout(() => done('never')), 0); })",
      "never",
    ],
    ["setInterval(() => {}, 1)", 0],
    ["clearTimeout(setTimeout(() => {}, 9))", "undefined"],
  ];
  test.each(CASES)("%s", async (expression, value) => expect(await inside(expression)).toEqual(value));
});

describe("require answers two modules, in pure code", () => {
  const CASES: readonly Case[] = [
    [
      "require('node:crypto').createHash('sha1').update('abc').digest('hex')",
      "a9993e364706816aba3e25717850c26c9cd0d89d",
    ],
    [
      "require('node:crypto').createHash('sha256').update('a').update('bc').digest('hex').slice(0, 8)",
      "ba7816bf",
    ],
    [
      "require('node:zlib').inflateSync(require('node:zlib').deflateSync(Buffer.from('hello hello hello'))).toString()",
      "hello hello hello",
    ],
    ["require('node:zlib').gunzipSync(require('node:zlib').gzipSync(Buffer.from('x'))).toString()", "x"],
    ["[...require('node:zlib').gzipSync(Buffer.from('x'))].slice(4, 8)", [0, 0, 0, 0]],
    [
      "require('node:zlib').inflateSync(require('node:zlib').deflateSync(Buffer.alloc(99)), { maxOutputLength: 9 })",
      "throws: RangeError",
    ],
    ["require('node:fs')", "throws: Error"],
    ["require('constructor')", "throws: Error"],
  ];
  test.each(CASES)("%s", async (expression, value) => expect(await inside(expression)).toEqual(value));
});
