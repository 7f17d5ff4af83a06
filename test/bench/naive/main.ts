import { once } from 'node:events';
import { createServer } from 'node:http';
import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import { openDatabase } from '../../../server/database/open-database.ts';
import { storeCallback } from './callback.ts';
import { hold, see } from './hold.ts';
import { adopt, collect, pay } from './pay.ts';

const { PORT = '0', DATABASE_FILE = '', GATEWAY_URL = '' } = process.env;

/** As one would write it first, and rightly: entities, one unit of work and one commit a request. */
const { orm } = await openDatabase(DATABASE_FILE);
const router = new Router();

router.post('/api/v1/bookings', async ctx => {
  const request = await readJson(ctx);
  const id = await orm.em.fork().transactional(em => hold(em, request));
  ctx.status = 201;
  ctx.body = { booking: await see(orm.em.fork(), id) };
});

router.post('/api/v1/bookings/:bookingId/payments', async ctx => {
  const { phone } = await readJson(ctx);
  const { bookingId = '' } = ctx.params;
  const paymentId = await orm.em.fork().transactional(em => pay(em, bookingId, phone));
  const ids = await collect(GATEWAY_URL, paymentId);
  await orm.em.fork().transactional(em => adopt(em, paymentId, ids));
  ctx.status = 202;
  ctx.body = { booking: await see(orm.em.fork(), bookingId) };
});

router.post('/callbacks/daraja/:token', async ctx => {
  const body = await readJson(ctx);
  await orm.em.fork().transactional(em => storeCallback(em, ctx.params.token ?? '', body));
  ctx.body = { ResultCode: 0, ResultDesc: 'Accepted' };
});

async function readJson(ctx: Context) {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const app = new Koa();
app.use(router.routes());
const server = createServer(app.callback()).listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
console.log('listening');
process.on('SIGTERM', () => process.exit());
