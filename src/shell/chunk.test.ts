import { expect, test } from "vitest";
import { chunkParser } from "./chunk.ts";

const parse = chunkParser();

test.each([
  ["echo hi", "complete"],
  ["", "complete"],
  ["if true", "incomplete"],
  ["if true; then echo a; fi", "complete"],
  ["echo 'a", "incomplete"],
  ['echo "a\nb"', "complete"],
  ["echo a \\", "incomplete"],
  ["echo a \\\\", "complete"],
  ["f() {", "incomplete"],
  ["echo $(", "incomplete"],
  ["a &&", "incomplete"],
  ["a |", "incomplete"],
  ["echo 'a |'", "complete"],
  ["cat <<X\na", "incomplete"],
  ["cat <<X\na\nX", "complete"],
  ["cat <<'E O'\na", "incomplete"],
  ["cat <<'EOF' > f\na $x", "incomplete"],
  ["cat <<-EOF\n\ta\n\tEOF", "complete"],
  ["cat <<< word", "complete"],
  ["echo 1 # <<X", "complete"],
  ["fi", "invalid"],
  ["fi; echo", "invalid"],
  ["if true; then fi", "invalid"],
  ["if true; then", "incomplete"],
  ["if a; then b; else", "incomplete"],
  ["if a\nthen\n  if b\n  then", "incomplete"],
  ["if a; then b; fi\nif c; then", "incomplete"],
  ["while true; do", "incomplete"],
  ["for x in a b\ndo", "incomplete"],
  ["case x in", "incomplete"],
])("%j is %s", (text, state) => {
  expect(parse(text)).toBe(state);
});
