import { describe, expect, test } from "vitest";
import { fromUtf8, toBase64 } from "../base/bytes.ts";
import { addedMasks, maskedForms, Masker, secretMasks } from "./masking.ts";

const base64 = (text: string) => toBase64(fromUtf8(text));
const SECRET = "s3cr&t-va\"l'ue<1>";

describe("what is hidden", () => {
  const hidden: readonly (readonly [string, string, string])[] = [
    ["the raw value", SECRET, SECRET],
    ["base64", SECRET, base64(SECRET)],
    ["base64 after one byte", "abcdefgh", base64("bcdefgh")],
    ["base64 after two bytes", "abcdefgh", base64("cdefgh")],
    ["command-line quoting", SECRET, SECRET.replaceAll('"', '\\"')],
    ["expression quoting", SECRET, SECRET.replaceAll("'", "''")],
    ["JSON", SECRET, JSON.stringify(SECRET).slice(1, -1)],
    ["URL", SECRET, "s3cr%26t-va%22l%27ue%3C1%3E"],
    ["XML", SECRET, "s3cr&amp;t-va&quot;l&apos;ue&lt;1&gt;"],
    ["without its double quotes", '"quoted-value"', "quoted-value"],
    ["before the last ampersand", "first&second&third-part", "first&second&"],
    ["after the last ampersand", "first&second&third-part", "third-part"],
    ["before &+", "first-part&+second-part", "first-part&+"],
    ["after &+ and one letter", "first-part&+second-part", "econd-part"],
  ];
  test.each(hidden)("%s", (_, value, form) => {
    expect(new Masker([value]).mask(`<<${form}>>`)).toBe("<<***>>");
  });
});

describe("what is not hidden", () => {
  const value = "opensesame-42";
  const readable: readonly (readonly [string, string])[] = [
    ["base64 of base64", base64(base64(value))],
    ["wrapped base64", base64(value).replace(/(.{8})/g, "$1\n")],
    ["hex", Buffer.from(value).toString("hex")],
    ["reversed", [...value].reverse().join("")],
    ["one character per line", [...value].join("\n")],
    ["upper case", value.toUpperCase()],
    ["its first half", value.slice(0, 6)],
  ];
  test.each(readable)("%s", (_, form) => {
    expect(new Masker([value]).mask(form)).toBe(form);
  });

  test("a field of a structured secret", () => {
    const blob = JSON.stringify({ user: "deploy", password: value });
    expect(new Masker(secretMasks(blob)).mask(`${blob} ${value}`)).toBe(`*** ${value}`);
  });
  test("a short quoted value without its quotes", () => {
    expect(new Masker(['"short"']).mask("short")).toBe("short");
  });
  test("short sections around an ampersand", () => {
    expect(new Masker(["ab&cd"]).mask("ab& cd")).toBe("ab& cd");
  });
});

test("each line of a value of several lines is hidden, trimmed", () => {
  expect(secretMasks("one\r\n  two\n\n")).toEqual(["one\r\n  two", "one", "two"]);
  expect(addedMasks("one\ntwo")).toEqual(["one\ntwo", "one", "two"]);
  expect(new Masker(secretMasks("first line\nsecond line")).mask("a second line")).toBe("a ***");
});

test("stretches that overlap or touch become one", () => {
  expect(new Masker(["abc", "bcd"]).mask("xabcdx")).toBe("x***x");
  expect(new Masker(["abc", "def"]).mask("abcdef")).toBe("***");
  expect(new Masker(["aa"]).mask("aaaa a")).toBe("*** a");
});

test("nothing to hide, nothing hidden", () => {
  expect(maskedForms("")).toEqual([]);
  expect(secretMasks("  \n ")).toEqual([]);
  expect(new Masker([""]).mask("text")).toBe("text");
});
