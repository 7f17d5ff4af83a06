import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Router } from '@koa/router';
import type Koa from 'koa';
import { createApp } from '../../server/app.ts';
import { officeEvents } from '../../server/office-events.ts';
import { isAtLeast, ROLES, type Role } from '../../shared/office/people.ts';
import type { Answer } from '../support/customer.ts';
import { openBoxOffice, type Person } from '../support/people.ts';
import type { Tiketi } from '../support/tiketi.ts';
import { type Access, EVENTS, PUBLIC_EVENTS, ROUTES } from './access.ts';
import { buildFixture, type Fixture } from './fixture.ts';

const ROOT = join(import.meta.dirname, '../..');
const OTHER_VENUE = 2;
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;
type Method = (typeof METHODS)[number];
const KEY = 'a-key-of-sixteen'; // For those that want an Idempotency-Key.
const UNLISTED: Access = { who: 'manager' };

/** One route of the app, as its routers know it. */
interface Route {
  name: string;
  method: Method;
  path: string;
  access: Access;
}

test('every route of the app has its line in the table, and every line its route', async t => {
  const { tiketi } = await openBoxOffice(t);
  const names = routesOf(tiketi).map(({ name }) => name);
  const listed = Object.keys(ROUTES);
  const unlisted = names.filter(name => !listed.includes(name));
  const gone = listed.filter(name => !names.includes(name));
  assert.deepEqual({ unlisted, gone }, { unlisted: [], gone: [] });
});

test('everything in front of the routes is known', async t => {
  const { tiketi } = await openBoxOffice(t);
  const others = appOf(tiketi).middleware.filter(one => !routerOf(one));
  assert.equal(
    others.length,
    6,
    'counting, the date, problems, headers, the Origin check and files: nothing else answers',
  );
});

test('every socket event has its line in the table, and every line its event', async t => {
  const { tiketi } = await openBoxOffice(t);
  assert.deepEqual(
    officeEvents(tiketi.server.parts)
      .map(({ name, role }) => `${name} ${role}`)
      .sort(),
    Object.entries(EVENTS)
      .map(([name, { who }]) => `${name} ${who}`)
      .sort(),
  );
  const source = globSync(join(ROOT, 'server/realtime/*.ts')).map(path => readFileSync(path, 'utf8'));
  const heard = [...source.join('\n').matchAll(/socket\.on\('([^']+)'/g)].map(([, name]) => name);
  assert.deepEqual(heard.sort(), [...PUBLIC_EVENTS].sort(), 'what is open to everybody');
});

test('without a session there is nothing at the box office, and all the rest is open', async t => {
  const { tiketi, own } = await openAll(t);
  for (const route of listedRoutes(tiketi)) {
    const { status } = await knock(tiketi, route, own, {});
    assert.equal(status === 401, route.access.who !== 'anybody', `${route.name}: ${status}`);
    assert.notEqual(status, 403, route.name);
  }
});

test('a locked screen opens nothing but itself', async t => {
  const { tiketi, own, people } = await openAll(t);
  await people.manager.does('POST', '/sessions/lock');
  for (const route of listedRoutes(tiketi).filter(({ access }) => ROLES.some(role => role === access.who)))
    assert.equal((await knock(tiketi, route, own, people.manager)).status, 423, route.name);
});

for (const role of ROLES)
  test(`a ${role} may do what asks for a ${role} or less, and nothing else`, async t => {
    const { tiketi, own, people } = await openAll(t);
    for (const route of listedRoutes(tiketi)) {
      if (endsSessions(route)) continue;
      const { who } = route.access;
      const may = who === 'anybody' || who === 'locked' || isAtLeast(role, who);
      const answer = await knock(tiketi, route, own, people[role], 'nothing');
      if (may) assert.ok(!isRefusal(answer), `${route.name}: ${JSON.stringify(answer.body)}`);
      else assert.equal(codeOf(answer), 'forbidden', `${route.name}: ${JSON.stringify(answer.body)}`);
    }
  });

test('a manager of another venue neither does nor sees anything here', async t => {
  const { tiketi, own, stranger } = await openAll(t);
  const marks = [own.bookingId, own.reference, own.paymentId, own.refundId, own.chargeId, 'Amina', 'Till of Amina'];
  for (const route of listedRoutes(tiketi).filter(({ access }) => access.who !== 'anybody')) {
    if (endsSessions(route)) continue;
    const answer = await knock(tiketi, route, own, stranger);
    const seen = `${route.name}: ${answer.status} ${JSON.stringify(answer.body)}`;
    const { everywhere, refusal } = route.access;
    if (everywhere === undefined) assert.ok(['forbidden', 'not_found', refusal].includes(codeOf(answer)), seen);
    for (const mark of marks) assert.ok(!JSON.stringify(answer.body ?? '').includes(mark), `${mark} in ${seen}`);
  }
});

test('by socket too each role asks what it may, at its own venue', async t => {
  const { own, people, stranger } = await openAll(t);
  for (const [name, { who, wish }] of Object.entries(EVENTS)) {
    for (const role of ROLES) {
      const answer = await askBySocket(people[role], name, wish(own));
      assert.equal(answer.problem?.code === 'forbidden', !isAtLeast(role, who), `${name} by a ${role}`);
    }
    const elsewhere = await askBySocket(stranger, name, wish(own));
    assert.match(elsewhere.problem?.code ?? 'answered', /^(forbidden|not_found)$/, name);
  }
});

/** One of each role, a manager of another, and something of everything to try them on. */
async function openAll(t: TestContext) {
  const { tiketi, manager, hire } = await openBoxOffice(t);
  const people: Record<Role, Person> = {
    cashier: await hire('Amina', 'cashier'),
    supervisor: await hire('Otieno', 'supervisor'),
    manager: await hire('Njeri', 'manager', null),
  };
  const stranger = await hire('Juma', 'manager', OTHER_VENUE);
  await openShift(tiketi, stranger); // Nobody sells without one.
  return { tiketi, people, stranger, own: await buildFixture(tiketi, manager, people.cashier) };
}

async function openShift({ customer }: Tiketi, { cookie }: Person) {
  const float = { amount: 1_000_000, currency: 'TZS' };
  const headers = { cookie, 'idempotency-key': 'the-shift-of-a-stranger' };
  const { status } = await customer.ask('POST', '/api/v1/box-office/shifts', { float }, headers);
  assert.equal(status, 201);
}

function appOf({ server }: Tiketi): Koa {
  return createApp(server.parts, {
    isOurs: () => true,
    clientFolder: join(ROOT, 'dist'),
    readiness: { see: async () => [] },
  });
}

function routerOf(middleware: unknown): Router | undefined {
  const { router } = middleware as { router?: unknown };
  return router instanceof Router ? router : undefined;
}

/** From the routers themselves. What is under a pattern passes on to routes of its own. */
function routesOf(tiketi: Tiketi): Route[] {
  const layers = appOf(tiketi).middleware.flatMap(one => routerOf(one)?.stack ?? []);
  const routes = layers
    .filter(({ path }) => typeof path === 'string')
    .flatMap(({ path, methods }) => METHODS.filter(one => methods.includes(one)).map(method => ({ path, method })));
  const known = new Map(routes.map(({ path, method }) => [`${method} ${path}`, { path: String(path), method }]));
  return [...known].map(([name, route]) => ({ name, ...route, access: ROUTES[name] ?? UNLISTED }));
}

/** Those of the table: what is missing there fails a test of its own. */
function listedRoutes(tiketi: Tiketi): Route[] {
  return routesOf(tiketi).filter(({ access }) => access !== UNLISTED);
}

/** With ids of the first venue in the path, and with what the table sends; or with nothing, which must do nothing. */
function knock(
  { customer }: Tiketi,
  { method, path, access }: Route,
  own: Fixture,
  { cookie = '' }: { cookie?: string },
  what: 'all' | 'nothing' = 'all',
): Promise<Answer> {
  const filled = path
    .replace('/{*rest}', '/people')
    .replace(/:(\w+)/g, (_, name: string) => (what === 'all' ? idOf(own, name) : nobodys(own, name)));
  const query = access.query ? `?${access.query(own)}` : '';
  const body = method === 'GET' || method === 'DELETE' ? undefined : what === 'all' ? (access.body?.(own) ?? {}) : {};
  return customer.ask(method as 'GET', filled + query, body, { cookie, 'idempotency-key': KEY });
}

function idOf(own: Fixture, name: string): string {
  const value = (own as Record<string, string | number>)[name];
  assert.ok(value !== undefined, `fixture.ts has no ${name}`);
  return String(value);
}

/** An id that nothing has: whoever may knock is told so. */
function nobodys(own: Fixture, name: string): string {
  return /^\d+$/.test(idOf(own, name)) ? '987654' : 'f'.repeat(32);
}

const endsSessions = ({ name }: Route) => /\/sessions(\/lock)?$/.test(name);

function codeOf({ body }: Answer): string {
  return String((body as { code?: unknown } | null)?.code ?? 'none');
}

const isRefusal = (answer: Answer) => answer.status === 401 || codeOf(answer) === 'forbidden';

async function askBySocket(person: Person, event: string, wish: object) {
  const { socket } = await person.socket();
  const answer: { problem?: { code: string } } = await socket.timeout(5_000).emitWithAck(event, wish);
  socket.close();
  return answer;
}
