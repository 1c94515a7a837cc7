/** From where requests of a machine that runs jobs come: 192.0.2.0/24 is the range of runners. */
export function addressOf(machine: string): string {
  let sum = 0;
  for (const character of machine) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 240;
  return `192.0.2.${sum + 10}`;
}
