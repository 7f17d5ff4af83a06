import type { Router } from '@koa/router';
import type { Parts } from '../parts.ts';
import { addMovie, editMovie, listMovies, uploadPoster } from './movies.ts';
import { addSchedule, addShowing, cancel, editShowing, listShowings, tryOutSchedule } from './showings.ts';
import { addVenue, editVenue, readLog } from './venues.ts';

const OFFICE = '/api/v1/box-office';

/** Managers make the programme: venues, movies with posters, showings singly and by the week. */
export function programmeRoutes(router: Router, parts: Parts): void {
  router.post('/api/v1/venues', ctx => addVenue(ctx, parts));
  router.patch('/api/v1/venues/:venueId', ctx => editVenue(ctx, parts));
  router.post('/api/v1/movies', ctx => addMovie(ctx, parts));
  router.patch('/api/v1/movies/:movieId', ctx => editMovie(ctx, parts));
  router.post('/api/v1/showings', ctx => addShowing(ctx, parts));
  router.patch('/api/v1/showings/:showingId', ctx => editShowing(ctx, parts));
  router.get(`${OFFICE}/movies`, ctx => listMovies(ctx, parts));
  router.post(`${OFFICE}/posters`, ctx => uploadPoster(ctx, parts));
  router.get(`${OFFICE}/venues/:venueId/showings`, ctx => listShowings(ctx, parts));
  router.get(`${OFFICE}/venues/:venueId/programme-log`, ctx => readLog(ctx, parts));
  router.post(`${OFFICE}/schedules`, ctx => addSchedule(ctx, parts));
  router.post(`${OFFICE}/schedule-previews`, ctx => tryOutSchedule(ctx, parts));
  router.post(`${OFFICE}/showings/:showingId/cancellations`, ctx => cancel(ctx, parts));
}
