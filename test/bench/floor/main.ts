import { once } from 'node:events';
import { createServer } from 'node:http';
import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import { openDatabase } from '../../../server/database/open-database.ts';
import { seeMovies } from '../../../server/view/showing-view.ts';
import { hold } from './hold.ts';
import { collect, pay } from './pay.ts';
import { createOutbox, see } from './rows.ts';
import { findByToken, settle, store } from './settle.ts';
import { openShared } from './shared-commits.ts';

const { PORT = '0', DATABASE_FILE = '', GATEWAY_URL = '' } = process.env;
const LATELY_MS = 50; // Settling waits for the end of a burst.
const TOGETHER = 64;

const { read, write } = openShared(DATABASE_FILE);
const deliver = createOutbox(read, write);
const router = new Router();

router.post('/api/v1/bookings', async ctx => {
  const { showingId, quantity } = JSON.parse(await readText(ctx));
  const id = await write(run => hold(run, showingId, quantity));
  void deliver();
  ctx.status = 201;
  ctx.body = { booking: { ...(await see(read, id)), bookingId: id } };
});

router.post('/api/v1/bookings/:bookingId/payments', async ctx => {
  const { bookingId = '' } = ctx.params;
  const paymentId = await write(run => pay(run, bookingId));
  void deliver();
  const ids = await collect(GATEWAY_URL, paymentId);
  await write(ids.adopt(bookingId, paymentId));
  void deliver();
  ctx.status = 202;
  ctx.body = { booking: await see(read, bookingId) };
});

const programme = Buffer.from(JSON.stringify(await readProgramme()));

router.get('/api/v1/movies', ctx => {
  ctx.set('ETag', '"1"');
  ctx.status = 200;
  ctx.type = 'json';
  if (ctx.fresh) ctx.status = 304;
  else ctx.body = programme;
});

/** The very bytes that ours sends, made by ours before anything is measured. */
async function readProgramme() {
  const database = await openDatabase(DATABASE_FILE);
  const now = new Date();
  const movies = await seeMovies(database.read(), now, () => ['daraja']);
  await database.close();
  return { now: now.toISOString(), version: 0, movies, testMode: true };
}

const waiting: number[] = [];
let arrivedAt = 0;
let isSettling = false;

router.post('/callbacks/daraja/:token', async ctx => {
  const payment = await findByToken(read, ctx.params.token ?? '');
  const body = await readText(ctx);
  waiting.push(await write(run => store(run, payment ?? '', body)));
  arrivedAt = performance.now();
  void settleAll();
  ctx.body = { ResultCode: 0, ResultDesc: 'Accepted' };
});

async function settleAll() {
  if (isSettling) return;
  isSettling = true;
  while (waiting.length > 0) {
    const restMs = arrivedAt + LATELY_MS - performance.now();
    if (restMs > 0) await new Promise(done => setTimeout(done, restMs));
    else await Promise.all(waiting.splice(0, TOGETHER).map(id => write(run => settle(run, id))));
    void deliver();
  }
  isSettling = false;
}

async function readText(ctx: Context): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A server with nothing of ours: the same HTTP, the same commits, the same statements. */
const app = new Koa();
app.use(router.routes());
const server = createServer(app.callback()).listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
console.log('listening');
process.on('SIGTERM', () => process.exit());
