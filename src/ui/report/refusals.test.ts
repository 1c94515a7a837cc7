import { expect, test } from "vitest";
import { REFUSALS } from "../../report/refusal.ts";
import { REFUSAL_WORDS } from "./refusals.ts";

test("page and command line say the same", () => expect(REFUSAL_WORDS).toEqual(REFUSALS));
