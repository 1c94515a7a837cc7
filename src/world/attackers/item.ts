/** One public thing, as a harvesting bot sees it. */
export interface PublicItem {
  /** The same for the same content: it is read once. */
  readonly key: string;
  /** For people: "log of run 12". */
  readonly where: string;
  /** What it belongs to, as events name it: "run 12". */
  readonly subject: string;
  /** One or, of an archive, several texts. */
  read(): readonly Uint8Array[];
}
