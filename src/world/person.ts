/** People of the world and their shells' identity. */

export interface Person {
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly uid: number;
  readonly home: string;
}

/** Who plays. */
export const LEARNER: Person = {
  login: "learner",
  name: "New Contributor",
  email: "learner@lantern-tides.test",
  uid: 1000,
  home: "/home/learner",
};

/** Who builds the start of a lab; root on the disk, no shell of the learner's. */
export const NARRATOR: Person = {
  login: "root",
  name: "Mina",
  email: "mina@lantern-tides.test",
  uid: 0,
  home: "/root",
};
