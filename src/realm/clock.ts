/** What a world lends to the realm while it runs. */
export interface RealmSource {
  /** Virtual time in ms since 1970. */
  now(): number;
  /** The next number of the stream for ambient chance, 0 ≤ n < 2³². */
  uint32(): number;
}

/** Holds the source that the replaced globals ask; worlds take turns. */
export class RealmClock {
  source: RealmSource;

  constructor(source: RealmSource) {
    this.source = source;
  }

  enter(source: RealmSource): RealmSource {
    const before = this.source;
    this.source = source;
    return before;
  }
}
