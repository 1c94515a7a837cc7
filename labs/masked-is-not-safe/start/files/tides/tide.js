/** Height of the water, in metres, `hours` after high water. */
export function height(high, low, hours) {
  return (high + low) / 2 + ((high - low) / 2) * Math.cos((hours / 12.42) * 2 * Math.PI);
}
