import { expect, test } from "vitest";
import { fromUtf8 } from "../base/bytes.ts";
import { detectSecrets, rememberingDetector } from "./detect.ts";

test("looks at a file once, at the same bytes under another name anew", async () => {
  const detect = rememberingDetector();
  const url = ["postgres:/", "/app:", "S4ltyW1ndBl0ws", "@db.example.org/tides"].join("");
  const file = fromUtf8(`DATABASE_URL=${url}\n`);
  const first = detect("conf/app.env", file);
  expect(await first).toEqual(await detectSecrets("conf/app.env", file));
  expect(await first).toHaveLength(1);
  expect(detect("conf/app.env", file.slice())).toBe(first);
  expect(detect("conf/other.env", file)).not.toBe(first);
  expect(await detect("conf/app.env", fromUtf8("DATABASE_URL=\n"))).toEqual([]);
});
