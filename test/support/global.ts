import { join } from 'node:path';
import { unpackChromium } from './chromium.ts';
import { type Postgres, startPostgres } from './postgres.ts';

let postgres: Postgres | undefined;

/**
 * Once before all test files: a browser to start, a PostgreSQL in which each test makes a database of its own, and one
 * place where they keep what V8 made of the code: each is a process.
 */
export async function globalSetup() {
  process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../../node_modules/.cache/compiled');
  await Promise.all([unpackChromium(), openPostgres()]);
}

export async function globalTeardown() {
  await postgres?.stop();
}

async function openPostgres() {
  if (process.env.TEST_DATABASE_URL) return;
  postgres = await startPostgres();
  process.env.TEST_DATABASE_URL = postgres.url;
}
