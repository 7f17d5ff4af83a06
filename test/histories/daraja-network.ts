import * as v from 'valibot';
import type { SendRequest, Sent } from '../../server/gateway/send.ts';
import type { Simulator } from '../../server/simulator/simulator.ts';
import { pause } from '../../shared/clock.ts';
import { ODD, ODD_REFUNDS, ODD_STATEMENTS } from './faults.ts';
import { ask, askOddly, LONGEST_MS, loseOrDelay, never, notSent, tell, toSent } from './on-the-way.ts';
import { answerPrompt } from './phone-owners.ts';
import { lieAboutQuery } from './query-lies.ts';
import type { World } from './world.ts';

const Push = v.object({ AccountReference: v.string(), PhoneNumber: v.string(), CallBackURL: v.string() });
const Query = v.object({ CheckoutRequestID: v.string() });
const Reversal = v.object({ TransactionID: v.string(), ResultURL: v.string(), QueueTimeOutURL: v.string() });
const LookUp = v.object({ TransactionID: v.string(), ResultURL: v.string(), QueueTimeOutURL: v.string() });
const Statement = v.object({ StartDate: v.string(), EndDate: v.string() });
const REGULAR_MS = 3 * 3_600_000; // Only the nightly question goes back further.

/** A request to Daraja, on a day on which it can be reached. */
export async function askDaraja(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  if (wish.url.includes('/stkpushquery/')) return query(world, simulator, wish);
  if (wish.url.includes('/stkpush/')) return push(world, simulator, wish);
  if (wish.url.includes('/reversal/')) return reverse(world, simulator, wish);
  if (wish.url.includes('/pulltransactions/')) return pull(world, simulator, wish);
  if (wish.url.includes('/transactionstatus/')) return lookUp(world, simulator, wish);
  return toSent(await ask(simulator, wish));
}

async function push(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const {
    AccountReference: reference,
    PhoneNumber: phone,
    CallBackURL: url,
  } = v.parse(Push, JSON.parse(wish.body ?? ''));
  world.misfortunesOf(reference).pushedAt = world.time.now();
  world.learnAddress(new URL(url).pathname, reference);
  if (!world.commits.hasPayment(reference)) world.broken(`I7 ${reference} reached the network before it was committed`);
  if (world.fault('push lost', reference)) return world.chance.happens(0.5) ? notSent('ECONNRESET') : never();
  if (world.fault('killed while the gateway thinks', reference)) world.machine.killWithin(15_000);
  const odd = world.fault('odd push or callback', reference) ? world.chance.oneOf(ODD) : null;
  world.misfortunesOf(reference).odd = odd;
  world.misfortunesOf(reference).misnumbered = odd === 'callback-others-receipt';
  world.misfortunesOf(reference).isStubborn = world.hasStatements && world.fault('query denies for ever', reference);
  const answer = toSent(await askOddly(world, simulator, wish, { reference, odd, phone }));
  answerPrompt(world, simulator, simulator.phones.findOrAdd(phone));
  world.timeline.note('gateway', `answers the push of ${reference}: ${tell(answer)}`);
  if (world.fault('push answer after callback', reference)) await world.misfortunesOf(reference).reported.promise;
  return loseOrDelay(world, reference, answer, ['push answer slow', 'push answer lost']);
}

/** The money of a receipt is to go back. */
async function reverse(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const { TransactionID: number, ResultURL, QueueTimeOutURL } = v.parse(Reversal, JSON.parse(wish.body ?? ''));
  const reference = `refund of ${number}`;
  for (const url of [ResultURL, QueueTimeOutURL]) world.learnAddress(new URL(url).pathname, reference);
  if (!world.commits.hasRefund(tokenIn(ResultURL)))
    world.broken(`I7 the ${reference} was asked for before it was committed`);
  if (world.fault('killed while the gateway thinks', reference)) world.machine.killWithin(15_000);
  const odd = world.fault('odd refund', reference) ? world.chance.oneOf(ODD_REFUNDS) : null;
  world.portal.asked(number);
  const phone = world.portal.debit(number)?.phone ?? null;
  const answer = toSent(await askOddly(world, simulator, wish, { reference, odd, phone }));
  world.timeline.note('gateway', `answers the ${reference}: ${tell(answer)}`);
  return loseOrDelay(world, reference, answer, ['refund answer slow', 'refund answer lost']);
}

/** A customer says that this was paid before. */
async function lookUp(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const { TransactionID: number, ResultURL, QueueTimeOutURL } = v.parse(LookUp, JSON.parse(wish.body ?? ''));
  const reference = `claim of ${number}`;
  for (const url of [ResultURL, QueueTimeOutURL]) world.learnAddress(new URL(url).pathname, reference);
  if (!world.commits.hasPayment(number)) world.broken(`I7 the ${reference} was asked about before it was committed`);
  if (world.fault('claim lost', reference)) return world.chance.happens(0.5) ? notSent('ECONNRESET') : never();
  if (world.fault('killed while the gateway thinks', reference)) world.machine.killWithin(15_000);
  const answer = toSent(await ask(simulator, wish));
  world.timeline.note('gateway', `answers the ${reference}: ${tell(answer)}`);
  return loseOrDelay(world, reference, answer, ['claim answer slow', 'claim answer lost']);
}

/** What reached the account is to be told. */
async function pull(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const odd = ODD_STATEMENTS.find(([misfortune]) => world.fault(misfortune, 'statement'))?.[1] ?? null;
  const { StartDate, EndDate } = v.parse(Statement, JSON.parse(wish.body ?? ''));
  const isNightly = Date.parse(EndDate) - Date.parse(StartDate) > REGULAR_MS;
  if (odd === 'statement-empty' && isNightly) world.emptyNights.push(+world.time.now());
  const answer = toSent(await askOddly(world, simulator, wish, { reference: 'the statement', odd, phone: null }));
  world.timeline.note('gateway', `answers the statement: ${tell(answer)}`);
  return answer;
}

async function query(world: World, simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const { CheckoutRequestID: id } = v.parse(Query, JSON.parse(wish.body ?? ''));
  const reference = simulator.parts.checkouts.get(id)?.accountReference ?? id;
  if (world.fault('query slow', reference)) await pause(world.time, world.chance.between(1_000, LONGEST_MS));
  const lie = lieAboutQuery(world, reference, id);
  const answer = toSent(lie ?? (await ask(simulator, wish)));
  world.timeline.note('gateway', `answers a query about ${reference}: ${tell(answer)}`);
  return answer;
}

function tokenIn(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
