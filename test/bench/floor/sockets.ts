import { once } from 'node:events';
import { createServer } from 'node:http';
import { Router } from '@koa/router';
import Koa from 'koa';
import { Server } from 'socket.io';

const { PORT = '0' } = process.env;

/** Sockets with nothing of ours: rooms, and a message when somebody posts. */
const router = new Router();
router.post('/callbacks/:bookingId', ctx => {
  const { bookingId = '' } = ctx.params;
  ctx.req.resume();
  io.to(bookingId).emit('booking:changed', { bookingId, state: 'confirmed' });
  ctx.body = { ResultCode: 0, ResultDesc: 'Accepted' };
});
const app = new Koa();
app.use(router.routes());
const server = createServer(app.callback());
const io = new Server(server, { transports: ['websocket'], serveClient: false });
io.on('connection', socket => {
  socket.on('booking:watch', ({ bookingId }, answer) => {
    void socket.join(bookingId);
    answer({});
  });
  socket.on('showing:watch', ({ showingId }, answer) => {
    void socket.join(`showing:${showingId}`);
    answer({});
  });
});
server.listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
console.log('listening');
process.on('SIGTERM', () => process.exit());
