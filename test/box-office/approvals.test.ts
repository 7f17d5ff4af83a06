import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Router } from '@koa/router';
import Koa from 'koa';
import * as v from 'valibot';
import { approvedBy } from '../../server/box-office/approved-by.ts';
import { signedIn } from '../../server/box-office/signed-in.ts';
import { problems } from '../../server/http/problem.ts';
import { readJson } from '../../server/http/read-body.ts';
import { Approval } from '../../shared/office/people.ts';
import { Customer, problemOf } from '../support/customer.ts';
import { openBoxOffice, type Person, PIN } from '../support/people.ts';
import type { Tiketi } from '../support/tiketi.ts';

const VENUE = 1;

test('a supervisor approves by PIN on the cashier’s screen, for one request; both names are written down', async t => {
  const { tiketi, manager, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  await hire('Otieno', 'supervisor');
  const ask = await askingAt(t, tiketi, amina);
  const approval = { name: 'Otieno', pin: PIN };
  assert.equal(problemOf(await ask({})).code, 'approval_needed');
  assert.partialDeepStrictEqual(await ask({ approval }), { status: 200, body: { approvedBy: 'Otieno' } });
  assert.equal(problemOf(await ask({})).code, 'approval_needed', 'it was good for one request');
  const { log } = (await manager.does('GET', '/staff-log')) as { log: object[] };
  assert.partialDeepStrictEqual(log[0], { happening: 'approved', name: 'Otieno', by: 'Amina', about: 'a refund' });
});

test('whoever is no supervisor of this venue approves of nothing, with the right PIN either', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  await hire('Baraka', 'cashier');
  await hire('Chebet', 'supervisor', 2);
  await hire('Duale', 'supervisor', null);
  const ask = await askingAt(t, tiketi, amina);
  for (const name of ['Baraka', 'Chebet', 'Amina', 'Nobody', 'Wanjiru'])
    assert.equal(problemOf(await ask({ approval: { name, pin: PIN } })).code, 'approval_refused', name);
  assert.equal((await ask({ approval: { name: 'Duale', pin: PIN } })).status, 200, 'one of all venues does');
  assert.deepEqual(await amina.does('GET', `/approvers?venueId=${VENUE}`), { names: ['Duale'] });
  assert.equal((await amina.ask('GET', '/approvers?venueId=2')).status, 403);
});

test('approving is delayed as signing in is', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  await hire('Otieno', 'supervisor');
  const ask = await askingAt(t, tiketi, amina);
  for (let slip = 0; slip < 4; slip++)
    assert.equal(problemOf(await ask({ approval: { name: 'Otieno', pin: '1379' } })).code, 'approval_refused');
  const early = problemOf(await ask({ approval: { name: 'Otieno', pin: PIN } }));
  assert.equal(early.code, 'too_many_requests');
  assert.ok(early.retryAfter);
  tiketi.clock.move(5_000);
  assert.equal((await ask({ approval: { name: 'Otieno', pin: PIN } })).status, 200);
});

test('a supervisor needs nobody, unless two people must agree; then not themselves', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const otieno = await hire('Otieno', 'supervisor');
  await hire('Pendo', 'supervisor');
  const ask = await askingAt(t, tiketi, otieno);
  assert.partialDeepStrictEqual(await ask({}), { status: 200, body: { approvedBy: 'Otieno' } });
  assert.equal(problemOf(await ask({ byAnother: true })).code, 'approval_needed');
  const own = { name: 'Otieno', pin: PIN };
  assert.equal(problemOf(await ask({ byAnother: true, approval: own })).code, 'approval_refused');
  assert.equal((await ask({ byAnother: true, approval: { name: 'Pendo', pin: PIN } })).status, 200);
});

/** A door of the test's own beside the real ones: something that needs an approval, and does nothing else. */
async function askingAt(t: TestContext, { server: { parts } }: Tiketi, { cookie }: Person) {
  const Wish = v.object({ approval: v.optional(Approval), byAnother: v.optional(v.boolean(), false) });
  const router = new Router().post('/refunds', async ctx => {
    const staff = await signedIn(ctx, parts, 'cashier');
    const wish = await readJson(ctx, Wish);
    const { name } = await approvedBy(ctx, parts, staff, { ...wish, what: 'a refund', venueId: VENUE });
    ctx.body = { approvedBy: name };
  });
  const app = new Koa();
  app
    .use(
      problems(
        () => parts.clock.now(),
        error => assert.fail(String(error)),
      ),
    )
    .use(router.routes());
  const http = createServer(app.callback()).listen(0, '127.0.0.1');
  await new Promise(listening => http.once('listening', listening));
  t.after(() => http.close());
  const customer = new Customer(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  return (body: object) => customer.ask('POST', '/refunds', body, { cookie });
}
