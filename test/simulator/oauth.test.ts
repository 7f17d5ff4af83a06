import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proper, simulate } from './simulated.ts';

const KEYS = `Basic ${btoa('simulated-consumer-key:simulated-consumer-secret')}`;
const PATH = '/oauth/v1/generate?grant_type=client_credentials';

test('a token comes with its lifetime as a string', async t => {
  const { url } = await simulate(t);
  const answer = await fetch(url + PATH, { headers: { authorization: KEYS } });
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /^\{"access_token":"[0-9a-f]{28}","expires_in":"3599"\}$/);
});

test('no Basic header, no grant type and wrong keys are refused each in its own way', async t => {
  const { url } = await simulate(t);
  const ask = async (path: string, authorization: string) => {
    const answer = await fetch(url + path, { headers: { authorization } });
    return `${answer.status} ${(await answer.text()).replace(/"requestId":"[^"]+",/, '')}`;
  };
  assert.equal(
    await ask(PATH, 'Bearer x'),
    '400 {"errorCode":"400.008.01","errorMessage":"Invalid Authentication passed"}',
  );
  assert.equal(
    await ask('/oauth/v1/generate', KEYS),
    '400 {"errorCode":"400.008.02","errorMessage":"Invalid grant type passed"}',
  );
  assert.equal(await ask(PATH, `Basic ${btoa('simulated-consumer-key:wrong')}`), '400 ');
});

test('a token that is no longer the newest gets 404.001.03', async t => {
  const { renewToken, product, pushBody } = await simulate(t);
  const old = await renewToken();
  await renewToken();
  const answer = proper(
    await product('/mpesa/stkpush/v1/processrequest', pushBody(), { authorization: `Bearer ${old}` }),
  );
  assert.equal(answer.status, 404);
  assert.match(
    answer.text,
    /^\{"requestId":"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\d+","errorCode":"404\.001\.03","errorMessage":"Invalid Access Token"\}$/,
  );
});

test('a token lives for 3599 seconds', async t => {
  const { renewToken, advance, query } = await simulate(t);
  await renewToken();
  await advance(3_598_000);
  assert.equal(proper(await query('ws_CO_nobody')).body.errorCode, '400.002.02');
  await advance(1_000);
  assert.equal(proper(await query('ws_CO_nobody')).body.errorCode, '404.001.03');
});
