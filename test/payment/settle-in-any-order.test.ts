import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Evidence } from '../../server/payment/evidence.ts';
import { byCallback, byQuery, failed, GOING, paid, TOTAL } from '../support/evidence.ts';
import { type Ending, live, type PersonSays, type Step, type World } from '../support/histories.ts';
import { type Core, openCore } from '../support/money-core.ts';
import { buildWorlds, PROMPT_OVER_MS } from '../support/worlds.ts';

const RUNS = 100;
const APART_MS = 20_000; // Further than a sixth of the prompt's time: a query that says the same again insists.

/** What may be said of each payment. Receipt numbers are the payment's own: `A` of the first is not `A` of the second. */
const SAYINGS = {
  'callback: paid, receipt A': (own: string) => byCallback(paid(`${own}AAAAAAA`)),
  'callback: paid, receipt B': (own: string) => byCallback(paid(`${own}BBBBBBB`)),
  'query: paid': () => byQuery(paid(null, null)),
  'callback: cancelled': () => byCallback(failed('1032')),
  'callback: no money': () => byCallback(failed('1')),
  'callback: unreachable': () => byCallback(failed('1037')),
  'query: unreachable': () => byQuery(failed('1037')),
  'callback: still going': () => byCallback(GOING),
  'query: still going': () => byQuery(GOING),
};
type Saying = keyof typeof SAYINGS;
const ALL = Object.keys(SAYINGS) as Saying[];

type Event = { payment: number; says: Saying } | 'the hold lapses' | 'the customer cancels';
const said = (event: Event, saying: Saying, payment: number) =>
  typeof event === 'object' && event.says === saying && event.payment === payment;

function stepOf(event: Event, at: number): Step {
  if (typeof event === 'string') return { at, what: event };
  const { payment, says } = event;
  return { at, what: { payment, evidence: SAYINGS[says](`P${payment}`) } };
}

/** A query's failure counts when it is said twice: then it is in every order at least twice. */
const atLeast = (event: Event) =>
  typeof event === 'object' && event.says === 'query: unreachable' ? [event, event] : [event];

function anyOrder(events: Event[]): fc.Arbitrary<Event[]> {
  return fc.array(fc.constantFrom(...events), { maxLength: 3 }).chain(again => {
    const all = [...events.flatMap(atLeast), ...again];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });
}

const twoOrders = (events: Event[]) => fc.tuple(fc.constant(events), anyOrder(events), anyOrder(events));

/** I4, I5, I13: what the sayings add up to, whoever comes first. */
function assertAddsUp(events: Event[], world: World, ending: Ending) {
  for (const [payment, received] of ending.received.entries()) {
    const heard = (...sayings: Saying[]) =>
      sayings.filter(saying => events.some(event => said(event, saying, payment)));
    const numbers = heard('callback: paid, receipt A', 'callback: paid, receipt B').length;
    const anyMoney = numbers + heard('query: paid').length > 0;
    const anyNo = heard('callback: cancelled', 'callback: no money', 'callback: unreachable', 'query: unreachable');
    assert.equal(received, TOTAL * (numbers || Number(anyMoney)), 'each receipt is counted once');
    assert.equal(
      ending.payments[payment],
      anyMoney ? 'paid' : anyNo.length > 0 ? 'failed' : 'pending',
      'money beats any no',
    );
  }
  const total = ending.received.reduce((sum, one) => sum + one, 0);
  assert.equal(ending.applied + ending.due + ending.unallocated, total);
  if (events.includes('the customer cancels')) return; // Before the money or after it: two different stories.
  const canBeConfirmed = world.name.startsWith('held') || world.name.includes('free');
  assert.equal(ending.applied, canBeConfirmed && total > 0 ? TOTAL : 0);
}

function everyEventOf(world: World): Event[] {
  const sayings = world.payments.flatMap((_, payment) => ALL.map(says => ({ payment, says })));
  return world.name.startsWith('held') ? [...sayings, 'the hold lapses', 'the customer cancels'] : sayings;
}

test('I2 I3 I4 I5 I10 I13 any order and any repetition of the same evidence ends in the same states and the same money', async t => {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' } });
  const worlds = await buildWorlds(core);
  const histories = fc
    .constantFrom(...worlds)
    .chain(world =>
      fc.tuple(fc.constant(world), fc.subarray(everyEventOf(world), { minLength: 1, maxLength: 7 }).chain(twoOrders)),
    );
  await fc.assert(
    fc.asyncProperty(histories, async ([world, [events, one, other]]) => {
      const endings = [await liveLate(core, world, one), await liveLate(core, world, other)];
      for (const ending of endings) assertAddsUp(events, world, ending);
      assert.deepEqual(sameInAnyOrder(endings[0]), sameInAnyOrder(endings[1]));
    }),
    { numRuns: RUNS },
  );
});

/** Every prompt is over and every query is far from the last: time decides nothing any more. */
function liveLate(core: Core, world: World, events: Event[]) {
  return live(
    core,
    world,
    events.map((event, at) => stepOf(event, PROMPT_OVER_MS + at * APART_MS)),
  );
}

/** Which of two payments gets the places may depend on who was first; what was received and what it made of them may not. */
function sameInAnyOrder(ending: Ending | undefined) {
  return { payments: ending?.payments, received: ending?.received, numbers: ending?.numbers };
}

const instant = fc.integer({ min: 1, max: 400 }).map(seconds => seconds * 1_000);
const byCallbackOnly = ALL.filter(saying => saying.startsWith('callback'));
const QUERIES = {
  paid: byQuery(paid(null, null)),
  cancelled: byQuery(failed('1032')),
  unreachable: byQuery(failed('1037')),
  going: byQuery(GOING),
};

test('I4 callbacks may come at any time between the queries: what a query is worth depends on its hour, but not on theirs', async t => {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' } });
  const world = (await buildWorlds(core)).find(one => one.name === 'held');
  assert.ok(world);
  const asked = fc.tuple(instant, fc.constantFrom(...Object.values(QUERIES)));
  const told = fc.tuple(fc.constantFrom(...byCallbackOnly), instant, instant);
  await fc.assert(
    fc.asyncProperty(
      fc.array(asked, { maxLength: 5 }),
      fc.array(told, { minLength: 1, maxLength: 4 }),
      async (queries, callbacks) => {
        const queried: Step[] = queries.map(([at, evidence]) => ({ at, what: { payment: 0, evidence } }));
        const at = (which: 1 | 2) =>
          [...queried, ...callbacks.map(told => stepOf({ payment: 0, says: told[0] }, told[which]))].sort(
            (a, b) => a.at - b.at,
          );
        const [one, other] = [await live(core, world, at(1)), await live(core, world, at(2))];
        assert.deepEqual(sameInAnyOrder(one), sameInAnyOrder(other));
      },
    ),
    { numRuns: RUNS },
  );
});

/** Messages that do not fit: another amount or currency, strange ids, a receipt that is somebody else's or missing. */
const ODDITIES: Record<string, Evidence> = {
  'a shilling less': byCallback(paid('P0AAAAAAA', TOTAL - 100)),
  'a shilling more': byCallback(paid('P0BBBBBBB', TOTAL + 100)),
  'another currency': byCallback({ ...paid('P0CCCCCCC'), amount: { amount: TOTAL, currency: 'TZS' } } as ReturnType<
    typeof paid
  >),
  'strange ids': byCallback(paid('P0DDDDDDD'), { trackingId: 'ws_CO_x', requestId: 'x' }),
  'strange ids, cancelled': byCallback(failed('1032'), { trackingId: 'ws_CO_x', requestId: 'x' }),
  'from an address that must be verified': {
    source: 'callback',
    ids: null,
    outcome: paid('P0EEEEEEE'),
    doubtful: true,
  },
  'a statement line': { source: 'statement', ids: null, outcome: paid('P0FFFFFFF') },
  'no receipt number': byCallback(paid(null)),
  'no amount': byCallback(paid('P0AAAAAAA', null)),
  'receipt A of the other payment': byCallback(paid('P1AAAAAAA')),
};

test('I2 I3 I4 I5 I10 odd messages in any order never lose a receipt, count one twice or make a ticket without money', async t => {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' } });
  const worlds = await buildWorlds(core);
  const oneStep = (world: World) =>
    fc.oneof(
      fc.tuple(instant, fc.constantFrom(...everyEventOf(world))).map(([at, event]) => stepOf(event, at)),
      fc
        .tuple(instant, fc.nat(world.payments.length - 1), fc.constantFrom(...Object.values(ODDITIES)))
        .map(([at, payment, evidence]): Step => ({ at, what: { payment, evidence } })),
    );
  const histories = fc
    .constantFrom(...worlds)
    .chain(world => fc.tuple(fc.constant(world), fc.array(oneStep(world), { minLength: 1, maxLength: 9 })));
  await fc.assert(
    fc.asyncProperty(histories, async ([world, steps]) => {
      const ending = await live(
        core,
        world,
        steps.toSorted((a, b) => a.at - b.at),
      );
      assert.deepEqual(
        ending.numbers,
        [...new Set(steps.flatMap(receiptOf))].sort(),
        'every receipt is written down, once',
      );
    }),
    { numRuns: RUNS },
  );
});

/** The receipt number of a message that also says how much it was. */
function receiptOf({ what }: Step): string[] {
  if (typeof what === 'string' || 'decides' in what || what.evidence.outcome.outcome !== 'paid') return [];
  const { receiptNumber, amount } = what.evidence.outcome;
  return receiptNumber && amount ? [receiptNumber] : [];
}

const DECISIONS: PersonSays[] = [
  'the gateway took it back',
  'it was dealt with',
  'it is the booking’s',
  'it goes back',
];

test('I2 I3 I4 I10 what people decide in between, right or wrong, breaks no rule, and no evidence undoes it', async t => {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' } });
  const worlds = await buildWorlds(core);
  const oneStep = (world: World) => {
    const payment = fc.nat(world.payments.length - 1);
    const said = fc.constantFrom(...everyEventOf(world)).map(event => stepOf(event, 0).what);
    const odd = fc.tuple(payment, fc.constantFrom(...Object.values(ODDITIES)));
    const decided = fc.tuple(payment, fc.constantFrom(...DECISIONS));
    const what = fc.oneof(
      said,
      odd.map(([payment, evidence]) => ({ payment, evidence })),
      decided.map(([payment, decides]) => ({ payment, decides })),
      fc.constant('the booking is given back' as const),
    );
    return fc.tuple(instant, what).map(([at, what]): Step => ({ at, what }));
  };
  const histories = fc
    .constantFrom(...worlds)
    .chain(world => fc.tuple(fc.constant(world), fc.array(oneStep(world), { minLength: 2, maxLength: 10 })));
  await fc.assert(
    fc.asyncProperty(histories, async ([world, steps]) => {
      await live(
        core,
        world,
        steps.toSorted((a, b) => a.at - b.at),
      );
    }),
    { numRuns: RUNS },
  );
});
