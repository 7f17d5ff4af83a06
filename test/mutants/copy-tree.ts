import { readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Edit } from './mutant.ts';

export const ROOT = join(import.meta.dirname, '../..');
const COPIED = ['server', 'shared', 'client', 'test', 'docs', 'package.json', 'tsconfig.json'];
const LINKED = ['node_modules', 'dist'];

/** The project once more, to be spoilt: sources copied, what is large linked. */
export interface Copy {
  folder: string;
  /** Makes the edits; the answer takes them back. Throws when a text is not there exactly once. */
  spoil(edits: Edit[]): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

export async function copyTree(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-mutant-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of LINKED) await symlink(join(ROOT, name), join(folder, name));
  return {
    folder,
    async spoil(edits) {
      const originals = new Map<string, string>();
      for (const wish of edits) {
        const path = locate(folder, wish);
        const text = readFileSync(path, 'utf8');
        if (!originals.has(path)) originals.set(path, text);
        await writeFile(
          path,
          text.replace(wish.find, () => wish.replace),
        );
      }
      return async () => {
        for (const [path, text] of originals) await writeFile(path, text);
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The one file in which an edit finds its text, exactly once. */
export function locate(root: string, { file, find }: Edit): string {
  const path = join(root, file);
  const paths = statSync(path).isDirectory() ? readdirSync(path).map(name => join(path, name)) : [path];
  const found = paths.filter(one => one.endsWith('.ts')).flatMap(one => Array(countIn(one, find)).fill(one));
  if (found.length === 1) return found[0];
  throw new Error(`${file} has ${found.length} times, not once: ${find}`);
}

function countIn(path: string, find: string): number {
  return readFileSync(path, 'utf8').split(find).length - 1;
}
