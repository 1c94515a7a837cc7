import { expect, test } from "vitest";
import { addressesOf, addressIn } from "./address.ts";

test.each([
  ["/", { en: "/", de: "/de/" }],
  ["/de/", { en: "/", de: "/de/" }],
  ["/labs/x/", { en: "/labs/x/", de: "/de/labs/x/" }],
  ["/de/labs/x/", { en: "/labs/x/", de: "/de/labs/x/" }],
  ["/depth/", { en: "/depth/", de: "/de/depth/" }],
])("%s in every language", (path, expected) => {
  expect(Object.fromEntries(addressesOf(path))).toEqual(expected);
  expect(addressIn("de", expected.en)).toBe(expected.de);
});
