import Database from 'better-sqlite3';
import type { Tiketi } from './tiketi.ts';

export type Dump = Record<string, unknown[]>;

/** Every row of every table as it stands on the disk, without what strangers sent to the callbacks' addresses. */
export function dumpTables({ server }: Pick<Tiketi, 'server'>): Dump {
  const database = new Database(server.parts.config.databaseFile, { readonly: true });
  try {
    const names = database
      .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
      .pluck()
      .all();
    return Object.fromEntries(names.map(name => [name, database.prepare(`select * from "${name}"${but(name)}`).all()]));
  } finally {
    database.close();
  }
}

function but(table: string): string {
  return table === 'callback' ? ' where payment is not null' : '';
}
