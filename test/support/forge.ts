import Database from 'better-sqlite3';
import type { Tiketi } from './tiketi.ts';

/** Writes to the file behind the server's back, guards taken away first. */
export function forge({ tiketi }: { tiketi: Tiketi }, sql: string): void {
  const file = new Database(tiketi.server.parts.config.databaseFile);
  const triggers = file.prepare(`select name from sqlite_master where type = 'trigger'`).pluck().all();
  for (const name of triggers) file.exec(`drop trigger ${name}`);
  file.exec(sql);
  file.close();
}
