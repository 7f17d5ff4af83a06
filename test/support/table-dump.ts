import { existsSync, readFileSync } from 'node:fs';
import { isPostgres } from '../../server/database/open-database.ts';
import { openSideDoor } from './side-door.ts';
import type { Tiketi } from './tiketi.ts';

export type Dump = Record<string, unknown[]>;

/** Every row of every table as it stands on the disk, without what strangers sent to the callbacks' addresses. */
export function dumpTables({ server }: Pick<Tiketi, 'server'>): Dump {
  const door = openSideDoor(server.parts.config.database);
  try {
    return Object.fromEntries(door.names().map(name => [name, door.all(`select * from ${name}${but(name)}`)]));
  } finally {
    door.close();
  }
}

function but(table: string): string {
  return table === 'callback' ? ' where payment is not null' : '';
}

/** What somebody has who takes the disk: the bytes of the files; of PostgreSQL, every value of every table. */
export function bytesKept({ server }: Pick<Tiketi, 'server'>): Buffer {
  const { database } = server.parts.config;
  const files = [database, `${database}-wal`].filter(existsSync);
  if (!isPostgres(database)) return Buffer.concat(files.map(file => readFileSync(file)));
  const door = openSideDoor(database);
  try {
    return Buffer.from(JSON.stringify(door.names().map(name => door.all(`select * from ${name}`))));
  } finally {
    door.close();
  }
}
