import type { EntityManager } from '@mikro-orm/core';
import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  UnknownRow,
} from 'kysely';

type Read = (value: unknown) => unknown;

const READ: Record<string, Read> = {
  Date: value => (typeof value === 'number' ? new Date(value) : value),
  boolean: value => (typeof value === 'number' ? value === 1 : value),
  json: value => (typeof value === 'string' ? JSON.parse(value) : value),
};

/** Gives rows their types back, in place. */
export type ReadRows = <Row>(rows: Row[]) => Row[];

/**
 * Gives columns their types back: SQLite keeps instants, booleans and JSON as numbers and text. By the column's name, once
 * for all queries: MikroORM's own plugin draws up the whole table of names again for each result.
 */
export function createReadRows(em: EntityManager): ReadRows {
  const reads = new Map<string, Read>();
  for (const { properties } of em.getMetadata().getAll().values())
    for (const { name, runtimeType, type } of Object.values(properties)) {
      const read = READ[type === 'json' || type === 'JsonType' ? 'json' : runtimeType];
      if (reads.has(name) && reads.get(name) !== read) throw new Error(`${name} has two types in two tables`);
      if (read) reads.set(name, read);
    }
  return rows => {
    for (const row of rows as UnknownRow[])
      for (const name in row) {
        const read = reads.get(name);
        if (read) row[name] = read(row[name]);
      }
    return rows;
  };
}

/** The same for every query through a Kysely that has this plugin. */
export function readingValues(readRows: ReadRows): KyselyPlugin {
  return {
    transformQuery: ({ node }: PluginTransformQueryArgs) => node,
    async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
      readRows(result.rows);
      return result;
    },
  };
}
