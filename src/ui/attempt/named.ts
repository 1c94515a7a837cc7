/** The learner's name in the header of a saved attempt: for the class report. It is no input; nothing rests on it. */

/** As many characters as an attempt file may hold. */
const MAX_NAME = 200;

export function withLearner(text: string, name: string): string {
  const learner = name.trim().slice(0, MAX_NAME);
  if (learner === "") return text;
  const end = text.indexOf("\n");
  return `${JSON.stringify({ ...JSON.parse(text.slice(0, end)), learner })}${text.slice(end)}`;
}
