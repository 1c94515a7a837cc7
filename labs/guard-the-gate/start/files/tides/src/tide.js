/** Height of the tide in metres, hours after low water. */
export function height(hours, range) {
  return (range / 2) * (1 - Math.cos((hours * Math.PI) / 6.21));
}
