import { wholeShillings } from '../../shared/money.ts';
import type { MovieView, ShowingView } from '../../shared/views.ts';
import { ProblemError } from '../http/problem.ts';
import { query } from '../model/entities.ts';
import { gatewaysOf, type Parts } from '../parts.ts';
import { seeMovies } from '../view/showing-view.ts';

/** Each movie stands for its next showing that Daraja can be paid for; one without such a showing is not listed. */
export async function listMovies(parts: Parts) {
  return (await seeNext(parts)).map(({ movie, showing }) => presentMovie(parts, movie, showing));
}

export async function showMovie(parts: Parts, movieId: number | null) {
  const [next] = movieId === null ? [] : await seeNext(parts, movieId);
  if (!next) throw new ProblemError('not_found', { detail: 'There is no such movie' });
  return presentMovie(parts, next.movie, next.showing);
}

/** The showing that the list would show for a movie at this moment. */
export async function nextShowing(parts: Parts, movieId: number | null): Promise<ShowingView> {
  if (movieId === null || !(await isMovie(parts, movieId)))
    throw new ProblemError('not_found', { detail: 'There is no such movie' });
  const [next] = await seeNext(parts, movieId);
  if (!next) throw new ProblemError('showing_over', { detail: 'There is no showing of this movie left to book' });
  return next.showing;
}

async function seeNext({ clock, database, lines }: Parts, movieId?: number) {
  const movies = await seeMovies(database.read(), clock.now(), gatewaysOf(lines), movieId);
  return movies.flatMap(movie => {
    const showing = movie.showings.find(({ gateways }) => gateways.includes('daraja'));
    return showing ? [{ movie, showing }] : [];
  });
}

async function isMovie({ database }: Parts, movieId: number): Promise<boolean> {
  const movie = await query(database.read())
    .selectFrom('movie')
    .select('id')
    .where('id', '=', movieId)
    .executeTakeFirst();
  return movie !== undefined;
}

type Movie = Pick<MovieView, 'movieId' | 'title' | 'description' | 'imageUrl'>;

/** Nobody wrote down when a showing was entered or changed; what is certain is that this is how it stands now. */
export function presentMovie({ clock, config }: Parts, movie: Movie, showing: ShowingView) {
  const asOf = clock.now().toISOString();
  return {
    movieId: movie.movieId,
    title: movie.title,
    description: movie.description,
    showTime: showing.startsAt,
    price: wholeShillings(showing.price.amount),
    maximumTickets: showing.capacity,
    imageUrl: absolute(movie.imageUrl, config.publicUrl),
    dateCreated: asOf,
    lastUpdated: asOf,
  };
}

/** Those pages stand elsewhere. `publicUrl` may have a path of its own. */
function absolute(imageUrl: string, publicUrl: string): string {
  return URL.parse(imageUrl.replace(/^\/+/, ''), `${publicUrl}/`)?.href ?? '';
}
