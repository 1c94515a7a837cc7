/** Height of the tide in metres at {{HARBOUR}}, from the two main constituents. */
export function height(hours, { m2, s2 }) {
  return m2 * Math.cos((2 * Math.PI * hours) / 12.42) + s2 * Math.cos((2 * Math.PI * hours) / 12);
}
