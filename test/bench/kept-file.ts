import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'results');
const MIGRATIONS = join(import.meta.dirname, '../../server/database/migrations/sqlite');

/** Where bookings stay that took minutes to make. Other tables are another file: an old one could not be opened any more. */
export function keptFile(name: string): string {
  mkdirSync(FOLDER, { recursive: true });
  const newest = readdirSync(MIGRATIONS)
    .filter(file => file.startsWith('Migration'))
    .sort()
    .at(-1);
  return join(FOLDER, `${name}-${newest?.match(/\d+/)?.[0] ?? 'empty'}.db`);
}
