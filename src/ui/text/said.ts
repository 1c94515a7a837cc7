/** Marks a sentence that stands in data and is translated where it is shown: `t(label)`. */
export function said<T extends string>(english: T): T {
  return english;
}
