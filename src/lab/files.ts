/** A lab's folder: path relative to it, with slashes → text. */
export type LabFiles = Readonly<Record<string, string>>;
