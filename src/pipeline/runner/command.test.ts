import { expect, test } from "vitest";
import { COMMANDS, parseCommand } from "./command.ts";

const cases: readonly (readonly [string, string | null])[] = [
  ["::error::text", "error {} text"],
  ["  ::error::text", "error {} text"],
  ["::ERROR::text", "error {} text"],
  ["::error file=a.js,line=1::x::y", 'error {"file":"a.js","line":"1"} x::y'],
  ["::error title=a%3A b%2Cc,file=::x", 'error {"title":"a: b,c"} x'],
  ["::debug::a%0Ab%25", "debug {} a\nb%"],
  ["::set-output name=constructor::1", 'set-output {"name":"constructor"} 1'],
  ["##[error]text", "error {} text"],
  ["before ##[warning]text", "warning {} text"],
  ["##[set-env name=A;x=%3B]v", 'set-env {"name":"A","x":";"} v'],
  ["::error", null],
  ["::unknown::x", null],
  ["::constructor::x", null],
  ["x ::error::y", null],
  ["##[unknown]y", null],
  ["##[error", null],
  ["::", null],
];

test.each(cases)("%j", (line, expected) => {
  const command = parseCommand(line, COMMANDS);
  const shown =
    command && `${command.name} ${JSON.stringify(Object.fromEntries(command.properties))} ${command.data}`;
  expect(shown).toBe(expected);
});
