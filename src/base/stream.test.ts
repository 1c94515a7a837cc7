import fc from "fast-check";
import { expect, test } from "vitest";
import { Stream, Streams } from "./stream.ts";

const numbers = (stream: Stream, count: number) => Array.from({ length: count }, () => stream.uint32());

test("a stream is a function of seed, name and position, and of nothing else", () => {
  // Pinned: these numbers are part of every attempt that was ever stored.
  expect(numbers(new Stream(1, "a"), 3)).toEqual(numbers(new Stream(1, "a"), 3));
  expect(numbers(new Stream(1, "a"), 3)).not.toEqual(numbers(new Stream(1, "b"), 3));
  expect(numbers(new Stream(1, "a"), 3)).not.toEqual(numbers(new Stream(2, "a"), 3));
});

test("it goes on where its position says", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), (first, more) => {
      const whole = numbers(new Stream(7, "x"), first + more);
      expect(numbers(new Stream(7, "x", first), more)).toEqual(whole.slice(first));
    }),
  );
});

test("names cannot be made to meet", () => {
  expect(numbers(new Stream(1, "2/a"), 2)).not.toEqual(numbers(new Stream(12, "a"), 2));
});

test("below and pick stay within, and reach both ends", () => {
  const stream = new Stream(3, "range");
  const drawn = Array.from({ length: 500 }, () => stream.below(4));
  expect([...new Set(drawn)].sort()).toEqual([0, 1, 2, 3]);
  expect(stream.text(200, "ab")).toMatch(/^(?=.*a)(?=.*b)[ab]{200}$/);
  expect(stream.bytes(5)).toHaveLength(5);
  expect(stream.float()).toBeLessThan(1);
});

test("streams do not move one another, and positions bring them back", () => {
  const streams = new Streams(5);
  numbers(streams.get("a"), 3);
  streams.get("unused");
  expect(streams.positions()).toEqual({ a: 3 });
  const before = new Streams(5, streams.positions());
  numbers(before.get("b"), 9);
  expect(before.get("a").uint32()).toBe(streams.get("a").uint32());
  expect(Object.keys(before.positions())).toEqual(["a", "b"]);
});
