import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createBuilder } from 'vite';

// Run before `npm start`: a fresh clone gets its pages, a built one starts at once.
const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['client', 'shared', 'vite.config.ts'];
const BUILT = 'dist/index.html';

const newestSource = Math.max(...(await Promise.all(SOURCES.map(source => newestIn(join(ROOT, source))))));
if (newestSource > (await changedAt(join(ROOT, BUILT)))) {
  console.log('Building the pages …');
  const builder = await createBuilder({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
  await builder.buildApp();
}

/** Folders count too: their time is all that a deleted file leaves behind. */
async function newestIn(path: string): Promise<number> {
  const entries = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : [];
  return Math.max(...(await Promise.all([path, ...entries.map(entry => join(path, entry))].map(changedAt))));
}

/** In milliseconds since 1970; 0 for what does not exist. */
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
