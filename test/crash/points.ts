/** Tables whose rows are promises: the commit that first holds one is a named instant. */
export const PROMISING_TABLES = ['booking', 'payment', 'callback', 'receipt'] as const;
type Table = (typeof PROMISING_TABLES)[number];

const ofTables = PROMISING_TABLES.flatMap(table => [beforeCommitOf(table), afterCommitOf(table)]);

/** Instants at which a server can be told to die; each lies between two things that a careless order would swap. */
export const POINTS = [
  'before a commit',
  'after a commit',
  ...ofTables,
  'before the commit that forgets what was told',
  'before the push leaves',
  'while the push leaves',
  'after the push is answered',
  'before the 201',
  'after the 201',
  'before the 202',
  'after the 202',
  'before the 200 to the gateway',
  'after the 200 to the gateway',
] as const;
export type Point = (typeof POINTS)[number];

/** The `hit`-th time that it comes by that point, counted from the start of the process. */
export interface CrashAt {
  point: Point;
  hit: number;
}

export function beforeCommitOf<T extends Table>(table: T) {
  return `before the commit of a ${table}` as const;
}

export function afterCommitOf<T extends Table>(table: T) {
  return `after the commit of a ${table}` as const;
}
