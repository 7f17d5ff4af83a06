import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { request } from 'undici';

const ASKS_EVERY_MS = 25; // Five seconds in the tutorial.

/** A little site that serves an older page; `tiketi`, once set, is where it forwards `/api/*` to. */
export async function servePage(t: TestContext) {
  const site = { url: '', tiketi: '', forwarded: [] as string[] };
  const server = createServer((asked, response) => {
    const path = asked.url ?? '/';
    if (path.startsWith('/api/')) return forward(site, asked, response).catch(() => response.destroy()); // Tiketi may be gone first.
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

/** As a proxy does that knows nothing: every header is passed on, the page's own Origin among them. */
async function forward(
  site: { tiketi: string; forwarded: string[] },
  asked: IncomingMessage,
  response: ServerResponse,
) {
  const { method = 'GET', url = '', headers } = asked;
  site.forwarded.push(`${method} ${url}`);
  const chunks: Buffer[] = [];
  for await (const chunk of asked) chunks.push(chunk);
  const { host, connection, 'transfer-encoding': _, ...passed } = headers;
  const answer = await request(site.tiketi + url, {
    method: method === 'POST' ? 'POST' : 'GET',
    headers: passed,
    ...(method === 'POST' && { body: Buffer.concat(chunks) }),
  });
  response.writeHead(answer.statusCode, answer.headers as Record<string, string>);
  answer.body.pipe(response);
}

/** Does what the tutorial's page does, in words of our own. `?api=` says where the API is, if not here. */
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Movie tickets</title>
<div id="movies"></div>
<form id="booking" hidden>
  <h3 id="chosen"></h3>
  <input type="hidden" id="movie-id">
  <label>Name <input id="name"></label>
  <label>Phone <input id="phone"></label>
  <label>Tickets <input id="quantity" type="number" value="1"></label>
  <button>Pay</button>
</form>
<div id="toasts"></div>
<div id="ticket"></div>
<script>
  const api = new URLSearchParams(location.search).get('api') ?? '';
  const at = id => document.getElementById(id);
  const post = (path, body) =>
    fetch(api + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

  function toast(text) {
    const box = document.createElement('div');
    box.innerHTML = '<p role="alert">' + text + '</p>';
    at('toasts').append(box);
  }

  async function list() {
    const { movies } = await (await fetch(api + '/api/movies')).json();
    for (const movie of movies) {
      const card = document.createElement('article');
      card.innerHTML = \`<img src="\${movie.imageUrl}" alt="\${movie.title}"><h2>\${movie.title}</h2>
        <p>\${movie.description}</p><p>\${new Date(movie.showTime).toLocaleString('en-GB')}</p><p>KSh \${movie.price}</p>
        <button data-movie-id="\${movie.movieId}" title="\${movie.title}">Book</button>\`;
      card.querySelector('button').onclick = () => choose(movie);
      at('movies').append(card);
    }
  }

  function choose(movie) {
    at('chosen').textContent = movie.title;
    at('movie-id').value = movie.movieId;
    at('booking').hidden = false;
  }

  at('booking').onsubmit = async event => {
    event.preventDefault();
    const answer = await post('/api/make-payment', {
      movieId: parseInt(at('movie-id').value),
      customerName: at('name').value,
      phoneNumber: at('phone').value,
      quantity: at('quantity').value,
    });
    const started = await answer.json();
    if (!answer.ok) return toast(started.error);
    toast(started.message);
    const timer = setInterval(() => poll(timer, started), ${ASKS_EVERY_MS});
  };

  async function poll(timer, { checkoutRequestId, ticketId }) {
    const status = await (await post('/api/query-payment-status', { checkoutRequestId })).json();
    if (status.ResultCode === '0') {
      clearInterval(timer);
      await show(ticketId);
    } else if (status.errorCode && status.errorCode !== '500.001.1001') {
      clearInterval(timer);
      toast(status.errorMessage);
    }
  }

  async function show(ticketId) {
    const { ticket } = await (await fetch(api + '/api/tickets/' + ticketId)).json();
    at('ticket').innerHTML = \`<h1>\${ticket.paymentStatus}</h1><p>\${ticket.movie.title}</p><p>\${ticket.customerName}</p>
      <p>\${ticket.phoneNumber}</p><p>\${ticket.quantity} tickets, KSh \${ticket.totalAmount}</p><p>\${ticket.mpesaReceiptNumber}</p>\`;
  }

  list().catch(() => toast('The movies could not be loaded'));
</script>
</html>`;
