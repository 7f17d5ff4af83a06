import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { addMs } from '../../shared/clock.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { drawPoster } from './draw-poster.ts';

const UNUSED_MS = 24 * 3_600_000; // Long enough to finish a form.
const ID_LETTERS = 32;
const PREFIX = '/posters/';
const PATH = /^\/posters\/([0-9a-f]{32})-(small|large)\.webp$/;

/** Keeps what was uploaded as a poster and answers its path. The same picture again costs nothing. */
export async function keepPoster({ clock, database }: Parts, uploaded: Buffer): Promise<string> {
  const id = createHash('sha256').update(uploaded).digest('hex').slice(0, ID_LETTERS);
  const known = await query(database.read()).selectFrom('poster').select('id').where('id', '=', id).executeTakeFirst();
  const drawn = known ? null : await drawPoster(uploaded);
  const createdAt = clock.now();
  await database.write(async em => {
    const poster = query(em);
    if (drawn)
      await poster
        .insertInto('poster')
        .values({ id, ...drawn, createdAt })
        .onConflict(same => same.column('id').doNothing())
        .execute();
    else await poster.updateTable('poster').set({ createdAt }).where('id', '=', id).execute();
    await sweepUnused(em, addMs(createdAt, -UNUSED_MS));
  });
  return pathOf(id, 'small');
}

/** What was uploaded and never became a movie's. */
async function sweepUnused(em: Em, before: Date) {
  const used = query(em)
    .selectFrom('movie')
    .select(sql<string>`substr(${sql.ref('imageUrl')}, ${PREFIX.length + 1}, ${ID_LETTERS})`.as('id'));
  await query(em).deleteFrom('poster').where('createdAt', '<', before).where('id', 'not in', used).execute();
}

export type PosterSize = 'small' | 'large';

function pathOf(id: string, size: PosterSize): string {
  return `${PREFIX}${id}-${size}.webp`;
}

/** Null: a picture that nobody uploaded here. */
export function posterIdIn(imageUrl: string): string | null {
  return PATH.exec(imageUrl)?.[1] ?? null;
}

/** The picture behind a path; undefined when there is none. */
export async function readPoster(em: Em, path: string): Promise<Uint8Array | undefined> {
  const [, id = '', size = ''] = PATH.exec(path) ?? [];
  const column = size === 'large' ? 'large' : 'small';
  const row = await query(em)
    .selectFrom('poster')
    .select(`${column} as picture`)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.picture;
}
