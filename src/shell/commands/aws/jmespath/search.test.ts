/** The examples of JMESPath's tutorial, its page of examples and its specification, as data. https://jmespath.org */
import { describe, expect, test } from "vitest";
import type { Json } from "../../../../base/json.ts";
import { parseQuery } from "./parser.ts";
import { search } from "./search.ts";

const PEOPLE = `{"people": [{"first": "James", "last": "d"}, {"first": "Jacob", "last": "e"}, {"first": "Jayden", "last": "f"}, {"missing": "different"}], "foo": {"bar": "baz"}}`;
const INSTANCES = `{"reservations": [{"instances": [{"state": "running"}, {"state": "stopped"}]}, {"instances": [{"state": "terminated"}, {"state": "running"}]}]}`;
const STATES = `{"people": [{"name": "a", "state": {"name": "up"}}, {"name": "b", "state": {"name": "down"}}]}`;
const AGES = `{"people": [{"age": 20, "other": "foo", "name": "Bob", "tags": ["a", "b"]}, {"age": 25, "other": "bar", "name": "Fred", "tags": ["d"]}, {"age": 30, "other": "baz", "name": "George", "tags": []}]}`;
const NESTED = `{"reservations": [{"instances": [{"type": "small", "state": {"name": "running"}, "tags": [{"Key": "Name", "Values": ["Web"]}, {"Key": "version", "Values": ["1"]}]}]}, {"instances": [{"type": "medium", "state": {"name": "terminated"}, "tags": [{"Key": "Name", "Values": ["DB"]}]}]}]}`;
const CONTENTS = `{"Contents": [{"Date": "2014-12-21", "Key": "logs/bb", "Size": 303}, {"Date": "2014-12-20", "Key": "logs/aa", "Size": 308}]}`;
const CITIES = `{"locations": [{"name": "Seattle", "state": "WA"}, {"name": "New York", "state": "NY"}, {"name": "Bellevue", "state": "WA"}, {"name": "Olympia", "state": "WA"}]}`;
const LETTERS = `["a", "b", "c", "d", "e", "f"]`;
const NUMBERS = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";

/** Document, expression, what is found. */
const EXAMPLES: readonly (readonly [string, string, string])[] = [
  // Tutorial
  [`{"a": "foo", "b": "bar", "c": "baz"}`, "a", `"foo"`],
  [`{"a": "foo"}`, "d", "null"],
  [`{"a": {"b": {"c": {"d": "value"}}}}`, "a.b.c.d", `"value"`],
  [`{"a": {"b": {"c": {"d": "value"}}}}`, "b.c.d.e", "null"],
  [LETTERS, "[1]", `"b"`],
  [LETTERS, "[-1]", `"f"`],
  [LETTERS, "[100]", "null"],
  [`{"a": {"b": {"c": [{"d": [0, [1, 2]]}, {"d": [3, 4]}]}}}`, "a.b.c[0].d[1][0]", "1"],
  [PEOPLE, "people[*].first", `["James", "Jacob", "Jayden"]`],
  [PEOPLE, "foo[*].bar", "null"],
  [PEOPLE, "people[:2].first", `["James", "Jacob"]`],
  [`{"ops": {"a": {"numArgs": 2}, "b": {"numArgs": 3}, "c": {"variadic": true}}}`, "ops.*.numArgs", "[2, 3]"],
  [INSTANCES, "reservations[*].instances[*].state", `[["running", "stopped"], ["terminated", "running"]]`],
  [INSTANCES, "reservations[].instances[].state", `["running", "stopped", "terminated", "running"]`],
  ["[[0, 1], 2, [3], 4, [5, [6, 7]]]", "[]", "[0, 1, 2, 3, 4, 5, [6, 7]]"],
  ["[[0, 1], 2, [3], 4, [5, [6, 7]]]", "[][]", "[0, 1, 2, 3, 4, 5, 6, 7]"],
  [
    `{"machines": [{"name": "a", "state": "running"}, {"name": "b", "state": "stopped"}]}`,
    "machines[?state=='running'].name",
    `["a"]`,
  ],
  [PEOPLE, "people[*].first | [0]", `"James"`],
  [PEOPLE, "people[*].first[0]", "[]"],
  [STATES, "people[].[name, state.name]", `[["a", "up"], ["b", "down"]]`],
  [STATES, "people[].[foo, bar]", "[[null, null], [null, null]]"],
  [
    STATES,
    "people[].{Name: name, State: state.name}",
    `[{"Name": "a", "State": "up"}, {"Name": "b", "State": "down"}]`,
  ],
  [PEOPLE, "length(people)", "4"],
  [AGES, "max_by(people, &age).name", `"George"`],
  [
    `{"myarray": ["foo", "foobar", "barfoo", "bar", "barbaz", "barfoobar"]}`,
    "myarray[?contains(@, 'foo') == `true`]",
    `["foo", "foobar", "barfoo", "barfoobar"]`,
  ],
  // Slices
  [NUMBERS, "[0:5]", "[0, 1, 2, 3, 4]"],
  [NUMBERS, "[5:10]", "[5, 6, 7, 8, 9]"],
  [NUMBERS, "[:5]", "[0, 1, 2, 3, 4]"],
  [NUMBERS, "[::2]", "[0, 2, 4, 6, 8]"],
  [NUMBERS, "[::-1]", "[9, 8, 7, 6, 5, 4, 3, 2, 1, 0]"],
  [NUMBERS, "[-2:]", "[8, 9]"],
  [NUMBERS, "[8:2:-2]", "[8, 6, 4]"],
  [NUMBERS, "[20:]", "[]"],
  [`{"a": 1}`, "a[0:1]", "null"],
  // Page of examples
  [AGES, "people[?age > `20`].[name, age]", `[["Fred", 25], ["George", 30]]`],
  [
    AGES,
    "people[?age > `20`].{name: name, age: age}",
    `[{"name": "Fred", "age": 25}, {"name": "George", "age": 30}]`,
  ],
  [
    AGES,
    "people[*].{name: name, tags: tags[0]}",
    `[{"name": "Bob", "tags": "a"}, {"name": "Fred", "tags": "d"}, {"name": "George", "tags": null}]`,
  ],
  [
    NESTED,
    "reservations[].instances[].[tags[?Key=='Name'].Values[] | [0], type, state.name]",
    `[["Web", "small", "running"], ["DB", "medium", "terminated"]]`,
  ],
  [
    `{"people": [{"general": {"id": 100, "age": 20}}, {"general": {"id": 101, "age": 30}}]}`,
    "people[?general.id==`100`].general | [0]",
    `{"id": 100, "age": 20}`,
  ],
  [
    `{"people": [{"general": {"id": 100, "age": 20}}, {"general": {"id": 101, "age": 30}}]}`,
    "people[?general.id==`100`] | [0].general",
    `{"id": 100, "age": 20}`,
  ],
  [
    CONTENTS,
    "sort_by(Contents, &Date)[*].{Key: Key, Size: Size}",
    `[{"Key": "logs/aa", "Size": 308}, {"Key": "logs/bb", "Size": 303}]`,
  ],
  [
    CITIES,
    "locations[?state == 'WA'].name | sort(@)[-2:] | {WashingtonCities: join(', ', @)}",
    `{"WashingtonCities": "Olympia, Seattle"}`,
  ],
  // Specification
  [`{"with space": "value"}`, `"with space"`, `"value"`],
  [`{"quote\\"char": "value"}`, `"quote\\"char"`, `"value"`],
  [`{"✓": "value"}`, `"\\u2713"`, `"value"`],
  [`{"foo": [[0, 1], [1, 2]]}`, "foo[0][0]", "0"],
  [`{"bar": "bar-value"}`, "foo || bar", `"bar-value"`],
  [`{"foo": "foo-value", "bar": "bar-value"}`, "foo || bar", `"foo-value"`],
  [`{"mylist": ["one", "two"]}`, "override || mylist[-1]", `"two"`],
  [`{"mylist": ["one", "two"], "override": "yes"}`, "override || mylist[-1]", `"yes"`],
  [`{"True": true, "False": false}`, "True && False", "false"],
  [`{"Number": 5, "EmptyList": []}`, "EmptyList && Number", "[]"],
  [`{"a": true, "b": true, "c": false}`, "(a || b) && c", "false"],
  [`{"False": false}`, "!False", "true"],
  [`{"EmptyList": []}`, "!EmptyList", "true"],
  [`{"Number": 0}`, "!Number", "false"],
  [`{"foo": "a", "bar": ["b"]}`, "[foo,bar[0]]", `["a", "b"]`],
  [`{"foo": "a", "bar": {"baz": "b"}}`, `{foo: foo, "bar.baz": bar.baz}`, `{"foo": "a", "bar.baz": "b"}`],
  [`{"foo": "a", "bar": "b"}`, "{foo: foo, baz: baz}", `{"foo": "a", "baz": null}`],
  [`[{"foo": 1}, {"foo": 2}, {"bar": 3}]`, "[*].foo", "[1, 2]"],
  [`{"a": {"foo": 1}, "b": {"foo": 2}, "c": {"bar": 1}}`, "*.foo", "[1, 2]"],
  [`"anything"`, "`foo`", `"foo"`],
  [`"anything"`, `\`"foo"\``, `"foo"`],
  [`"anything"`, "`[1, 2]`", "[1, 2]"],
  [`"anything"`, `\`{"a": "b"}\`.a`, `"b"`],
  [`"anything"`, `'it\\'s'`, `"it's"`],
  [`{"foo": [{"bar": 1}, {"bar": 10}]}`, "foo[?bar==`10`]", `[{"bar": 10}]`],
  [`{"foo": [{"a": 1, "b": 2}, {"a": 2, "b": 2}]}`, "foo[?a==b]", `[{"a": 2, "b": 2}]`],
  [
    `{"foo": [{"a": "char", "b": "char"}, {"a": 2, "b": 1}, {"a": 1, "b": 2}]}`,
    "foo[?a<b]",
    `[{"a": 1, "b": 2}]`,
  ],
  [`{"foo": [{"a": 1}, {"a": 2}, {"a": 3}]}`, "foo[?a!=`2` && a<`3`].a", "[1]"],
  [`["1", "2", "3", "notanumber", true]`, "[].to_number(@)", "[1, 2, 3]"],
  // Functions
  [`{"foo": -1}`, "abs(foo)", "1"],
  ["[10, 15, 20]", "avg(@)", "15"],
  ["[]", "avg(@)", "null"],
  ["null", "ceil(`1.001`)", "2"],
  ["null", "floor(`1.9`)", "1"],
  [`"foobarbaz"`, "contains(@, 'foo')", "true"],
  [`["foo", "bar"]`, "contains(@, 'baz')", "false"],
  [`"foobarbaz"`, "ends_with(@, 'baz')", "true"],
  [`"foobarbaz"`, "starts_with(@, 'foo')", "true"],
  [`["a", "b"]`, "join(', ', @)", `"a, b"`],
  [`{"foo": "baz", "bar": "bam"}`, "keys(@)", `["foo", "bar"]`],
  [`{"foo": "baz", "bar": "bam"}`, "values(@)", `["baz", "bam"]`],
  [`{"a": {"x": 1}, "b": {"y": 2}}`, "merge(a, b)", `{"x": 1, "y": 2}`],
  [`{"array": [{"foo": "a"}, {"foo": "b"}, {}]}`, "map(&foo, array)", `["a", "b", null]`],
  ["[10, 15]", "max(@)", "15"],
  [`["a", "b"]`, "min(@)", `"a"`],
  ["[]", "max(@)", "null"],
  [AGES, "min_by(people, &age).name", `"Bob"`],
  [`{"a": null, "b": [], "c": "x"}`, "not_null(a, b, c)", "[]"],
  ["[0, 1, 2]", "reverse(@)", "[2, 1, 0]"],
  [`"abcd"`, "reverse(@)", `"dcba"`],
  [`["b", "a", "c"]`, "sort(@)", `["a", "b", "c"]`],
  [AGES, "sort_by(people, &name)[].name", `["Bob", "Fred", "George"]`],
  ["[10, 15]", "sum(@)", "25"],
  [`"a"`, "to_array(@)", `["a"]`],
  [`{"a": 2}`, "to_string(a)", `"2"`],
  [`{"a": [1]}`, "type(a)", `"array"`],
  ["null", "type(@)", `"null"`],
  // Names that a JavaScript object has by itself are nobody's fields.
  [`{"a": 1}`, "constructor", "null"],
  [`{"a": 1}`, `"__proto__".toString`, "null"],
];

describe("what is found", () => {
  test.each(EXAMPLES)("%s: %s", (document, expression, expected) => {
    expect(search(parseQuery(expression), JSON.parse(document) as Json)).toEqual(JSON.parse(expected));
  });
});

/** Expression, and a part of what is said about it. */
const WRONG: readonly (readonly [string, string])[] = [
  ["foo[", "Incomplete expression"],
  ["foo.", "Incomplete expression"],
  ["foo]", 'token "]"'],
  ["foo..bar", 'token "."'],
  ["", "Incomplete expression"],
  ["[a b]", 'token "b"'],
  ["'open", "Unclosed"],
  ["a # b", "Unknown token #"],
  ["[::0]", "Step cannot be 0"],
  ['"a"(b)', "Quoted identifier"],
  ["(".repeat(201), "nested too deeply"],
  ["nothing(@)", "Unknown function: nothing()"],
  ["__proto__(@)", "Unknown function: __proto__()"],
  ["length(@)", "In function length(), invalid type for value: None"],
  ["length()", "Expected 1 argument for function length(), received 0"],
  ["avg(`[1, false]`)", "In function avg(), invalid type"],
  ["sort_by(`[{}]`, &a)", "In function sort_by(), invalid type"],
  ["sort_by(`[]`, a)", "expected one of: ['expression']"],
];

test.each(WRONG)("%s is refused", (expression, why) => {
  expect(() => search(parseQuery(expression), null)).toThrow(why);
});
