/** From where attackers act: their own address, and that of whoever buys what they found. */
import { personOf } from "../person.ts";

/** From where somebody else tries what was sold: not from the seller's own address. */
export const SECOND_HAND_ADDRESS = "203.0.113.66";
const OTHER_SECOND_HAND_ADDRESS = "198.51.100.66";

export function secondHandOf(own: string): string {
  return own === SECOND_HAND_ADDRESS ? OTHER_SECOND_HAND_ADDRESS : SECOND_HAND_ADDRESS;
}

/** Of somebody of the cast; an attacker's with the second hand. Any other text is an address itself. */
export function addressesOf(who: string): string[] {
  const person = personOf(who);
  if (!person) return [who];
  return person.side === "attacker" ? [person.address, secondHandOf(person.address)] : [person.address];
}
