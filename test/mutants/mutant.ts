/** The promises of the design, by the names that tests carry. */
export type Invariant = `I${number}`;

/** A text in one file of the product, and what a careless hand would have put there. */
export interface Edit {
  /** A file, or a folder in which exactly one file has the text. */
  file: string;
  find: string;
  replace: string;
}

/** A deliberate bug. */
export interface Mutant {
  /** What is wrong, as one would report it. */
  name: string;
  breaks: Invariant[];
  edits: Edit[];
  /** The test files of which at least one must fail; each of them passes without the bug. */
  killedBy: string[];
}

export const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });
