import assert from "node:assert/strict";
import { height } from "../src/tide.js";

assert.ok(Math.abs(height(0, { m2: 1, s2: 0.3 }) - 1.3) < 1e-9);
