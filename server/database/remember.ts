import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import * as v from 'valibot';
import { type Random, randomHex } from '../../shared/random.ts';
import { type Em, query } from '../model/entities.ts';
import { isPostgres } from './open-database.ts';
import type { Vault } from './vault.ts';

const KEY_SAMPLE = 'tiketi'; // Sealed once, opened at every start: another key cannot.

/** What must be true of the database that we start on. */
export interface Expected {
  mode: 'test' | 'live';
  vault: Vault;
}

/**
 * The first start decides whether a database is a test or a live one, and with which key it is sealed. Later starts with
 * other settings are refused: lost settings must never turn a real box office into a test one, or lose every phone number.
 */
export async function rememberOrRefuse(em: Em, { mode, vault }: Expected): Promise<void> {
  refuse(await remember(em, 'mode', mode), mode);
  const sample = await remember(em, 'key-sample', vault.seal(KEY_SAMPLE));
  if (!opens(vault, sample))
    throw new Error(
      'This database was sealed with another DATA_KEY. Give that one; without it phone numbers are lost.',
    );
}

/** A secret of this database's own, made at its first start and kept sealed: part of an address that only a gateway knows. */
export async function rememberSecret(em: Em, name: string, vault: Vault, random: Random): Promise<string> {
  return vault.open(await remember(em, name, vault.seal(randomHex(random))));
}

/** The same before anything is touched: not even a migration may run on a database of the other mode. */
export async function refuseOtherMode(place: string, mode: Expected['mode']): Promise<void> {
  refuse((await readFirstMode(place)) ?? mode, mode);
}

async function readFirstMode(place: string): Promise<string | undefined> {
  if (!isPostgres(place)) return readModeOfFile(place);
  const { readModeOf } = await import('./postgres-mode.ts');
  return readModeOf(place);
}

function readModeOfFile(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const database = new Database(file, { readonly: true });
  try {
    const tables = database.prepare("select 1 from sqlite_master where name = 'remembered'").pluck().get();
    const mode = tables && database.prepare("select value from remembered where name = 'mode'").pluck().get();
    return v.parse(v.optional(v.string()), mode);
  } finally {
    database.close();
  }
}

function refuse(first: string, mode: Expected['mode']) {
  if (first !== mode)
    throw new Error(`This is a ${first} database, and the settings are those of a ${mode} one. Nothing was started.`);
}

/** The value that was there first. */
async function remember(em: Em, name: string, value: string): Promise<string> {
  const sql = query(em);
  await sql
    .insertInto('remembered')
    .values({ name, value })
    .onConflict(known => known.column('name').doNothing())
    .execute();
  const row = await sql.selectFrom('remembered').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return row.value;
}

function opens(vault: Vault, sample: string): boolean {
  try {
    return vault.open(sample) === KEY_SAMPLE;
  } catch {
    return false;
  }
}
