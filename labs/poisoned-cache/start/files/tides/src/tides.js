export const harbour = "{{HARBOUR}}";
export const height = (high, low, hours) => (high + low) / 2 + ((high - low) / 2) * Math.cos((hours / 12.42) * 2 * Math.PI);
