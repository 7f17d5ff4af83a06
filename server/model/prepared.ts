import type { Compilable, CompiledQuery } from 'kysely';
import { type Em, readRows } from './entities.ts';

type Values = object;

/** A query that is drawn up once for each database, and then only filled in. */
export interface Prepared<Given extends Values, Row> {
  all(em: Em, values: Given): Promise<Row[]>;
  first(em: Em, values: Given): Promise<Row | undefined>;
  /** Throws when there is none. */
  one(em: Em, values: Given): Promise<Row>;
  /** How many rows it changed. */
  run(em: Em, values: Given): Promise<number>;
}

/**
 * For what every booking and every payment does: drawing a query up and writing it out as SQL takes longer than SQLite
 * takes to answer it. `draw` is called once, with a blank in the place of each value; so it must not look at its values,
 * and each of them must stand in the query as a value of its own, never in a list.
 */
export function prepared<Given extends Values, Row>(
  draw: (em: Em, values: Given) => Compilable<Row>,
): Prepared<Given, Row> {
  const drawn = new WeakMap<object, CompiledQuery<Row>>(); // One for each database that is open.

  async function execute(em: Em, values: Given) {
    const database = em.getMetadata();
    const compiled = drawn.get(database) ?? draw(em, blanksFor(values)).compile();
    drawn.set(database, compiled);
    const parameters = compiled.parameters.map(one => (one instanceof Blank ? one.of(values) : one));
    return em.getKysely().executeQuery<Row>({ ...compiled, parameters });
  }

  async function all(em: Em, values: Given): Promise<Row[]> {
    return readRows(em, (await execute(em, values)).rows);
  }

  return {
    all,
    first: async (em, values) => (await all(em, values))[0],
    async one(em, values) {
      const [row] = await all(em, values);
      if (row === undefined) throw new Error('There is no such row');
      return row;
    },
    run: async (em, values) => Number((await execute(em, values)).numAffectedRows ?? 0),
  };
}

/** The same for a list of rows of one shape: drawn up once for each length. */
export function preparedRows<Given extends Values, Row>(
  draw: (em: Em, rows: Given[]) => Compilable<Row>,
): (em: Em, rows: Given[]) => Promise<Row[]> {
  const ofLength = new Map<number, Prepared<{ rows: Given[] }, Row>>();
  return (em, rows) => {
    const query = ofLength.get(rows.length) ?? prepared((em, { rows }: { rows: Given[] }) => draw(em, rows));
    ofLength.set(rows.length, query);
    return query.all(em, { rows });
  };
}

/** Stands in a query for a value that is not known yet. */
class Blank {
  readonly #path: readonly string[];

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  of(values: object): unknown {
    let found: unknown = values;
    for (const name of this.#path) found = (found as Record<string, unknown>)[name];
    return found ?? null;
  }
}

function blanksFor<Given extends Values>(values: Given, path: readonly string[] = []): Given {
  const blanks = Object.entries(values).map(([name, value]) => {
    const here = [...path, name];
    return [name, isRows(value) ? value.map((row, at) => blanksFor(row, [...here, String(at)])) : new Blank(here)];
  });
  return Object.fromEntries(blanks) as Given;
}

function isRows(value: unknown): value is Values[] {
  return Array.isArray(value);
}
