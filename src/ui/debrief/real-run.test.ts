import { expect, test } from "vitest";
import { beside, inMinutes, kindOf } from "./real-run.ts";

const incident = (id: string, ...at: string[]) => ({
  id,
  title: id,
  date: "2023",
  timeline: at.map((moment) => ({ at: moment, who: "attacker", what: moment })),
  sources: [],
});

test("minutes and seconds stand on the scale of the lab", () => {
  expect(inMinutes(incident("a", "0:00", "1:07", "120:30"))?.map(({ atMs }) => atMs)).toEqual([
    0, 67_000, 7_230_000,
  ]);
});

test.each([[["2023-01-04"]], [["0:00", "2023"]]])("%j cannot be told in minutes", (at) =>
  expect(inMinutes(incident("a", ...at))).toBeNull(),
);

test("the first incident with minutes is compared, the others keep their dates", () => {
  const [dated, timed, later] = [incident("a", "2021"), incident("b", "0:00"), incident("c", "0:10")];
  const { comparable, dated: rest } = beside([dated, timed, later]);
  expect([comparable?.incident.id, rest.map(({ id }) => id)]).toEqual(["b", ["a", "c"]]);
  expect(beside([dated])).toEqual({ comparable: null, dated: [dated] });
});

test.each([
  ["attacker", "attacker"],
  ["provider", "provider"],
  ["owner", "colleague"],
  ["constructor", "colleague"],
])("%s is drawn as %s", (who, kind) => expect(kindOf(who)).toBe(kind));
