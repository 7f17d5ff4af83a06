import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change } from '../support/office.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { onlyShowing, openOlderPage, refused } from './older-page.ts';

const EVIL = `<script>alert(1)</script> & "double" 'single' <img src=x onerror=alert(1)>`;
const HARMLESS =
  '&lt;script&gt;alert(1)&lt;/script&gt; & &quot;double&quot; &#39;single&#39; &lt;img src=x onerror=alert(1)&gt;';
const ALLOWED = 'https://older.example';
const ROUTES = [
  ['GET', '/api/movies'],
  ['GET', '/api/movies/1'],
  ['GET', '/api/tickets/1'],
  ['POST', '/api/make-payment'],
  ['POST', '/api/query-payment-status'],
] as const;

test('in every string of ours <, > and quotes are escaped for innerHTML, and & is not for textContent', async t => {
  const { tiketi, movies, buy, ticket } = await openOlderPage(t);
  const quoted = EVIL.replaceAll("'", "''");
  await change(tiketi, `update movie set title = '${quoted}', description = '${quoted}', imageUrl = '/"><b>.svg'`);
  await change(tiketi, `update venue set name = '${quoted.slice(0, 80)}'`);
  await onlyShowing(tiketi);
  for (const { title, description, imageUrl } of await movies()) {
    assert.deepEqual([title, description], [HARMLESS, HARMLESS]);
    assert.doesNotMatch(imageUrl, /[<>"']/);
  }
  const { ticketId } = await buy({ customerName: EVIL.slice(0, 80).trim() });
  const shown = await ticket(ticketId);
  assert.equal(shown.movie.title, HARMLESS);
  assert.doesNotMatch(JSON.stringify(Object.values(shown).filter(value => typeof value === 'string')), /[<>']/);
  assert.match(shown.customerName ?? '', /^&lt;script&gt;alert\(1\)&lt;\/script&gt; & &quot;double&quot;/);
});

test('no error repeats what was sent', async t => {
  const { post, get, tryToBuy } = await openOlderPage(t);
  const mark = 'zebra';
  const answers = [
    ...['movieId', 'customerName', 'phoneNumber', 'quantity'].flatMap(field =>
      [mark, `<${mark}>`.repeat(30), { [mark]: mark }, [mark]].map(wrong => tryToBuy({ [field]: wrong })),
    ),
    post('/api/make-payment', { phoneNumber: mark, amount: mark, purpose: mark, network: mark }),
    post('/api/make-payment', mark),
    post('/api/make-payment', JSON.stringify(mark)),
    post('/api/query-payment-status', { checkoutRequestId: mark }),
    get(`/api/movies/${mark}`),
    get(`/api/tickets/${mark}`),
    get(`/api/tickets/${mark}/${mark}`),
  ];
  for (const { status, body } of await Promise.all(answers))
    if (status !== 200 || JSON.stringify(body).includes('unknown_payment'))
      assert.doesNotMatch(JSON.stringify(body), new RegExp(mark));
});

test('every error is JSON with a sentence: too large, unknown, another method, and a fault of our own', async t => {
  const { tiketi, post, get } = await openOlderPage(t);
  refused(await post('/api/make-payment', JSON.stringify({ customerName: 'x'.repeat(70_000) })), 413);
  for (const path of ['/api/tickets', '/api/make-payment', '/api/movies/1/2', '/api/mpesa-callback'])
    refused(await get(path), 404);
  refused(await post('/api/movies', { title: 'Mine' }), 404);
  refused(await post('/api/tickets/1', {}), 404);
  tiketi.server.parts.database.read = () => {
    throw new Error('the disk is gone, with a secret in it');
  };
  assert.equal(refused(await get('/api/movies'), 500), 'Something went wrong on our side');
  assert.equal(tiketi.logged.filter(line => line.includes('the disk is gone')).length, 1, 'and it is logged');
});

test('a page of an origin that the settings name may read every answer, errors too, without credentials', async t => {
  const { tiketi } = await openOlderPage(t, { ALLOWED_ORIGINS: `https://other.example,${ALLOWED}` });
  for (const [method, path] of ROUTES) {
    const { headers } = await ask(tiketi.url, method, path, { Origin: ALLOWED });
    assert.equal(headers['access-control-allow-origin'], ALLOWED, path);
    assert.equal(headers['access-control-allow-credentials'], undefined);
    assert.match(headers.vary ?? '', /Origin/);
    const preflight = await ask(tiketi.url, 'OPTIONS', path, {
      Origin: ALLOWED,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'content-type',
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], ALLOWED);
    assert.match(preflight.headers['access-control-allow-methods'] ?? '', new RegExp(method));
    assert.equal(preflight.headers['access-control-allow-headers'], '*');
  }
});

test('no other origin may read an answer, and none may read anything else of ours', async t => {
  const { tiketi } = await openOlderPage(t, { ALLOWED_ORIGINS: ALLOWED });
  const strangers = [
    'https://evil.example',
    'null',
    `${ALLOWED}.evil.example`,
    'http://older.example',
    `${ALLOWED}:8443`,
  ];
  for (const origin of strangers)
    for (const method of ['GET', 'OPTIONS'] as const) {
      const { headers } = await ask(tiketi.url, method, '/api/movies', { Origin: origin });
      assert.equal(headers['access-control-allow-origin'], undefined, origin);
      assert.match(headers.vary ?? '', /Origin/);
    }
  for (const path of ['/api/v1/movies', '/api/v1/venues', '/'])
    for (const method of ['GET', 'OPTIONS'] as const)
      assert.equal(
        (await ask(tiketi.url, method, path, { Origin: ALLOWED })).headers['access-control-allow-origin'],
        undefined,
      );
});

test('whoever asks gets no cookie, and nothing is kept on the way', async t => {
  const { get, post } = await openOlderPage(t);
  for (const [method, path] of ROUTES) {
    const { headers } = method === 'GET' ? await get(path) : await post(path, {});
    assert.equal(headers['set-cookie'], undefined);
    assert.equal(headers['cache-control'], 'no-store');
  }
});

function ask(url: string, method: string, path: string, headers: Record<string, string>) {
  return sendRaw(url, rawRequest(method, path, headers, method === 'POST' ? '{}' : ''));
}
