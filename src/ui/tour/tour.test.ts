import { expect, test } from "vitest";
import { STEPS } from "./steps.ts";
import { createTour } from "./tour.ts";

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test("is offered once, walks six steps and ends", () => {
  const kept = storage();
  const tour = createTour(() => kept);
  tour.greet(false);
  expect(tour.state.value).toEqual({ at: "offer" });
  tour.start();
  for (let step = 0; step < STEPS.length; step++) {
    expect(tour.state.value).toEqual({ at: "step", step });
    tour.go(step + 1);
  }
  expect(STEPS).toHaveLength(6);
  expect(tour.state.value).toEqual({ at: "off" });
  const again = createTour(() => kept);
  again.greet(false);
  expect(again.state.value).toEqual({ at: "off" });
  again.greet(true);
  expect(again.state.value).toEqual({ at: "step", step: 0 });
});

test("left is left", () => {
  const kept = storage();
  const tour = createTour(() => kept);
  tour.greet(false);
  tour.leave();
  expect(tour.state.value).toEqual({ at: "off" });
  expect(kept.getItem("leaklab/tour")).toBe("seen");
});

test("a browser that keeps nothing offers it each time", () => {
  const tour = createTour(() => {
    throw new Error("denied");
  });
  tour.greet(false);
  expect(tour.state.value.at).toBe("offer");
  tour.leave();
  expect(tour.state.value.at).toBe("off");
});
