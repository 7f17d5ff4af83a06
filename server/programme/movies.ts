import type { Context } from 'koa';
import { MovieChange, MovieRequest, POSTER_MAX_BYTES } from '../../shared/office/programme.ts';
import { signedIn } from '../box-office/signed-in.ts';
import { readJson, readRaw } from '../http/read-body.ts';
import { gatewaysOf, type Parts } from '../parts.ts';
import { keepPoster } from '../show/keep-poster.ts';
import { changeMovie, makeMovie } from '../show/save-movie.ts';
import { seeAllMovies } from '../view/programme-view.ts';
import { seeMovie } from '../view/showing-view.ts';
import { commit, idIn } from './changing.ts';

/** Movies belong to all venues, and so do those who may change them. */
export async function addMovie(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  const request = await readJson(ctx, MovieRequest);
  const movieId = await commit(parts, staff, (em, changing) => makeMovie(em, changing, request));
  ctx.status = 201;
  ctx.body = await movieNow(parts, movieId);
}

export async function editMovie(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  const movieId = idIn(ctx, 'movieId');
  const wish = await readJson(ctx, MovieChange);
  await commit(parts, staff, (em, changing) => changeMovie(em, changing, movieId, wish));
  ctx.body = await movieNow(parts, movieId);
}

export async function listMovies(ctx: Context, parts: Parts): Promise<void> {
  await signedIn(ctx, parts, 'manager');
  ctx.body = { movies: await seeAllMovies(parts.database.read(), parts.clock.now()) };
}

/** The picture itself is the body, whatever its name or type says. */
export async function uploadPoster(ctx: Context, parts: Parts): Promise<void> {
  await signedIn(ctx, parts, 'manager');
  const imageUrl = await keepPoster(parts, await readRaw(ctx, POSTER_MAX_BYTES));
  ctx.status = 201;
  ctx.set('Location', imageUrl);
  ctx.body = { imageUrl };
}

function movieNow({ clock, database, lines }: Parts, movieId: number) {
  return seeMovie(database.read(), clock.now(), gatewaysOf(lines), movieId);
}
