/** People of the world: the fictional cast, the learner, and those who only play a part behind the scenes. */

export interface Person {
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly uid: number;
  readonly home: string;
  /** Name of the machine at which they work (world/machines.ts). */
  readonly machine: string;
  /** From where their requests come. Documentation address ranges only (RFC 5737). */
  readonly address: string;
  readonly side: "learner" | "colleague" | "outside" | "attacker";
}

const ORGANISATION_MAIL = "lantern-tides.test";

function cast(
  login: string,
  name: string,
  uid: number,
  address: string,
  side: Person["side"],
  mail = ORGANISATION_MAIL,
): Person {
  return {
    login,
    name,
    email: `${login}@${mail}`,
    uid,
    home: `/home/${login}`,
    machine: login,
    address,
    side,
  };
}

/** Who plays. */
export const LEARNER: Person = {
  ...cast("learner", "New Contributor", 1000, "203.0.113.20", "learner"),
  machine: "laptop",
};

/** Who builds the start of a lab; root on the learner's machine, no shell of the learner's. */
export const NARRATOR: Person = {
  ...cast("root", "Mina", 0, "203.0.113.20", "colleague"),
  email: `mina@${ORGANISATION_MAIL}`,
  home: "/root",
  machine: "laptop",
};

/** Everybody who can have an account and a machine of their own. */
export const CAST: readonly Person[] = [
  LEARNER,
  cast("mina", "Mina", 1001, "203.0.113.31", "colleague"),
  cast("teo", "Teo", 1002, "203.0.113.32", "colleague"),
  cast("priya", "Priya", 1003, "203.0.113.33", "colleague"),
  cast("aya", "Aya", 1004, "198.51.100.24", "outside", "aya.example"),
  cast("jonas", "Jonas", 1005, "203.0.113.35", "colleague"),
  cast("sam", "Sam", 1006, "198.51.100.26", "outside", "sam.example"),
  cast("dana", "Dana", 1007, "203.0.113.37", "colleague"),
  cast("magpie", "magpie", 1101, "198.51.100.7", "attacker", "magpie.invalid"),
  cast("cuckoo", "cuckoo", 1102, "198.51.100.8", "attacker", "cuckoo.invalid"),
  cast("starling", "starling", 1103, "203.0.113.66", "attacker", "starling.invalid"),
];

export function personOf(login: string): Person | undefined {
  return CAST.find((person) => person.login === login);
}
