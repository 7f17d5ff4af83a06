import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { clientAddress } from '../../server/http/client-address.ts';
import { PHONE, problemOf } from '../support/customer.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const TRIES = 5; // Lookups an hour from one address.

test('S7 the address of a caller is what the proxies that are believed have written, and nothing before it', () => {
  const cases: [proxies: number, forwarded: string | undefined, from: string, address: string][] = [
    [0, undefined, '41.90.1.1', '41.90.1.1'],
    [0, '9.9.9.9', '41.90.1.1', '41.90.1.1'],
    [0, undefined, '::ffff:41.90.1.1', '41.90.1.1'],
    [0, undefined, '2c0f:fe38::1', '2c0f:fe38::1'],
    [1, '41.90.1.1', '10.0.0.1', '41.90.1.1'],
    [1, '9.9.9.9, 41.90.1.1', '10.0.0.1', '41.90.1.1'],
    [1, '9.9.9.9,8.8.8.8 ,  ::ffff:41.90.1.1 ', '10.0.0.1', '41.90.1.1'],
    [1, '2c0f:fe38::1', '10.0.0.1', '2c0f:fe38::1'],
    [1, undefined, '10.0.0.1', '10.0.0.1'],
    [1, '', '10.0.0.1', '10.0.0.1'],
    [1, '41.90.1.1, ', '10.0.0.1', '10.0.0.1'],
    [1, 'unknown', '10.0.0.1', '10.0.0.1'],
    [1, 'x'.repeat(10_000), '10.0.0.1', '10.0.0.1'],
    [2, '41.90.1.1, 10.0.0.2', '10.0.0.1', '41.90.1.1'],
    [2, '9.9.9.9, 41.90.1.1, 10.0.0.2', '10.0.0.1', '41.90.1.1'],
    [2, '41.90.1.1', '10.0.0.1', '10.0.0.1'],
    [10, '41.90.1.1, 10.0.0.2', '10.0.0.1', '10.0.0.1'],
  ];
  for (const [proxies, forwarded, remoteAddress, address] of cases) {
    const request = { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } };
    assert.equal(clientAddress(request as unknown as IncomingMessage, proxies), address, `${proxies} ${forwarded}`);
  }
});

test('S7 without proxies nobody gets more tries by claiming to be somebody else', async t => {
  const tiketi = await openTiketi(t);
  for (let tries = 0; tries < TRIES; tries++) assert.equal(await look(tiketi, `41.90.1.${tries}`), 404);
  assert.equal(await look(tiketi, '41.90.9.9'), 429);
  assert.equal(await look(tiketi, undefined), 429);
});

test('S7 behind one proxy each customer has tries of their own, and makes up none', async t => {
  const tiketi = await openTiketi(t, { TRUSTED_PROXIES: '1' });
  for (let tries = 0; tries < TRIES; tries++) assert.equal(await look(tiketi, `9.9.9.${tries}, 41.90.1.1`), 404);
  assert.equal(await look(tiketi, '8.8.8.8, 41.90.1.1'), 429);
  assert.equal(await look(tiketi, '8.8.8.8, 41.90.1.2'), 404);
});

test('S7 behind two proxies the first one’s word counts', async t => {
  const tiketi = await openTiketi(t, { TRUSTED_PROXIES: '2' });
  for (let tries = 0; tries < TRIES; tries++)
    assert.equal(await look(tiketi, `9.9.9.${tries}, 41.90.1.1, 10.0.0.${tries}`), 404);
  assert.equal(await look(tiketi, '41.90.1.1, 10.0.0.9'), 429);
  assert.equal(await look(tiketi, '41.90.1.2, 10.0.0.9'), 404);
});

test('S14 who has used up the tries is told when to come back', async t => {
  const tiketi = await openTiketi(t);
  for (let tries = 0; tries < TRIES; tries++) await look(tiketi, undefined);
  const refused = await tiketi.customer.ask('POST', '/api/v1/bookings/lookups', {
    reference: 'ZZZZZZZZ',
    phone: PHONE,
  });
  assert.equal(problemOf(refused).code, 'too_many_requests');
  const seconds = Number(refused.headers['retry-after']);
  assert.ok(seconds > 3_500 && seconds <= 3_600, `${seconds} s`);
});

async function look({ customer }: Tiketi, forwarded: string | undefined): Promise<number> {
  const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const lookup = { reference: 'ZZZZZZZZ', phone: PHONE };
  return (await customer.ask('POST', '/api/v1/bookings/lookups', lookup, headers)).status;
}
