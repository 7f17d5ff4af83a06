import type { MovieChange, MovieRequest } from '../../shared/office/programme.ts';
import { lockRow } from '../database/lock.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { posterIdIn } from './keep-poster.ts';
import { type Changing, differences, recordProgramme } from './record-programme.ts';
import { withoutGaps } from './save-venue.ts';

/** Answers the new movie's id. */
export async function makeMovie(em: Em, changing: Changing, movie: MovieRequest): Promise<number> {
  await refuseLostPoster(em, movie.imageUrl);
  const { id } = await query(em).insertInto('movie').values(movie).returning('id').executeTakeFirstOrThrow();
  await recordProgramme(em, changing, { happening: 'movie_made', movie: id, changes: differences({}, movie) });
  return id;
}

export async function changeMovie(em: Em, changing: Changing, movieId: number, wish: MovieChange): Promise<void> {
  await lockRow(em, 'movie', movieId);
  const before = await query(em)
    .selectFrom('movie')
    .select(['title', 'description', 'minutes', 'rating', 'imageUrl'])
    .where('id', '=', movieId)
    .executeTakeFirst();
  if (!before) throw new ProblemError('not_found', { detail: 'There is no such movie' });
  const after = { ...before, ...withoutGaps(wish) };
  const changes = differences(before, after);
  if ('imageUrl' in changes) await refuseLostPoster(em, after.imageUrl);
  if (Object.keys(changes).length === 0) return;
  await query(em).updateTable('movie').set(after).where('id', '=', movieId).execute();
  await recordProgramme(em, changing, { happening: 'movie_changed', movie: movieId, changes });
}

/** Uploads that no movie took are swept away after a day. */
async function refuseLostPoster(em: Em, imageUrl: string) {
  const id = posterIdIn(imageUrl);
  if (id === null) return;
  const poster = await query(em).selectFrom('poster').select('id').where('id', '=', id).executeTakeFirst();
  if (!poster) throw invalid('invalid_body', 'imageUrl', 'There is no such poster: upload it again');
}
