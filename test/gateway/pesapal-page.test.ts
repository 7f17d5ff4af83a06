import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as s from './scripted-pesapal.ts';

const ACCEPTED = { answer: 'accepted', ids: s.IDS, redirectUrl: s.PAGE };

for (const page of [
  'https://cybqa.pesapal.com/pesapaliframe/PesapalIframe3/Index?OrderTrackingId=1',
  'https://cybqa.pesapal.com/pesapaliframe/PesapalIframe3/Index/?OrderTrackingId=1',
  'https://pay.pesapal.com/iframe/PesapalIframe3/Index?OrderTrackingId=1',
  'https://pesapal.com/Pay/%7Bx%7D?a=b@c#there',
])
  test(`a customer is sent to ${page}, letter by letter`, async t => {
    const { pesapal, say } = await s.openWorld(t);
    say(s.ORDER, s.json(200, { ...s.ORDERED, redirect_url: page }));
    assert.deepEqual(await pesapal.collect(s.REQUEST), { ...ACCEPTED, redirectUrl: page });
  });

test('a gateway on this machine shows pages of its own, on its own port only', async t => {
  const { pesapal, say, url } = await s.openWorld(t);
  const other = url.replace(/\d+$/, port => String(Number(port) - 1));
  say(s.ORDER, ...[url, other].map(host => s.json(200, { ...s.ORDERED, redirect_url: `${host}/pay?a=1` })));
  assert.deepEqual(await pesapal.collect(s.REQUEST), { ...ACCEPTED, redirectUrl: `${url}/pay?a=1` });
  assert.equal((await pesapal.collect(s.REQUEST)).answer, 'unknown');
});

test('a gateway anywhere else has no pages but Pesapal’s, not even on its own host', async () => {
  const body = JSON.stringify({ ...s.ORDERED, redirect_url: 'http://gateway.invalid/pay' });
  const pesapal = s.pesapalOver(async () => ({ result: 'answered', status: 200, headers: {}, body }));
  assert.equal((await pesapal.collect(s.REQUEST)).answer, 'unknown');
});

for (const page of [
  'http://cybqa.pesapal.com/Index',
  'https://pesapal.com.evil.example/',
  'https://notpesapal.com/',
  'https://evil.example/?pesapal.com',
  'https://evil.example/.pesapal.com',
  'https://pesapal.com@evil.example/',
  'https://someone:else@pay.pesapal.com/',
  'https://evil.example\\.pesapal.com/',
  'https://pay.pesapal.com/\nx',
  ' https://pay.pesapal.com/',
  'https://pay.pesapal.com./',
  'https://pay.pesapal.com:8443/',
  'javascript:alert(1)//pesapal.com',
  'data:text/html,pesapal.com',
  '//pay.pesapal.com/',
  'ftp://pay.pesapal.com/',
  'https://',
  '',
  null,
  7,
  ['https://pay.pesapal.com/'],
  `https://pay.pesapal.com/${'x'.repeat(2_048)}`,
])
  test(`no customer is sent to ${String(JSON.stringify(page)).slice(0, 40)}: the order is unknown, its ids are kept`, async t => {
    const { pesapal, say } = await s.openWorld(t);
    say(s.ORDER, s.json(200, { ...s.ORDERED, redirect_url: page }));
    const expected = { answer: 'unknown', why: 'no page of the gateway', ids: s.IDS };
    assert.deepEqual(await pesapal.collect(s.REQUEST), expected);
  });

test('our pages may frame what customers are sent to, and nothing else', async t => {
  const { open, url } = await s.openWorld(t);
  const pesapals = ['https://pesapal.com', 'https://*.pesapal.com'];
  assert.deepEqual(open().pageSources, [...pesapals, url]);
  assert.deepEqual(open({ baseUrl: 'https://pay.pesapal.com/v3' }).pageSources, pesapals);
});
