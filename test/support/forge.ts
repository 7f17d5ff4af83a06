import { isPostgres } from '../../server/database/open-database.ts';
import { openSideDoor } from './side-door.ts';
import type { Tiketi } from './tiketi.ts';

/** Writes to the tables behind the server's back, guards taken away first. */
export function forge({ tiketi }: { tiketi: Tiketi }, sql: string): void {
  const { database } = tiketi.server.parts.config;
  const door = openSideDoor(database);
  const guards = isPostgres(database)
    ? ['shift', 'journal_entry'].map(table => `alter table ${table} disable trigger user`)
    : door
        .all<{ name: string }>(`select name from sqlite_master where type = 'trigger'`)
        .map(one => `drop trigger ${one.name}`);
  for (const guard of guards) door.change(guard);
  door.change(sql);
  door.close();
}
