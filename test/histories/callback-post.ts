import type { Notify } from '../../server/simulator/parts.ts';
import { pause } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import { confirmedIn, isConfirmation } from './loose-money.ts';
import type { World } from './world.ts';

const SAFARICOM = '196.201.214.200';
const STRANGER = '203.0.113.66';
const DAY_MS = 24 * 3_600_000;
const AGAIN_MS = 60_000;
const LATER_MS = [120_000, 120_000, DAY_MS]; // At most.

interface Letter {
  path: string;
  body: string;
  /** Of the payment that it is about, or whose money went back. */
  reference: string;
  /** Of the payment that it is about, where it stands in the body and nowhere else. */
  paymentId?: string;
}

interface Receipt {
  status: number;
  body: string;
}

/** The way of a callback from the gateway to our door: the status that the gateway sees, or a throw when nobody is there. */
export function createCallbackPost(world: World) {
  return (url: string, body: string): Promise<number> => {
    const path = new URL(url).pathname;
    const letter = { path, body, reference: referenceOf(world, path, body) };
    if (world.fault('forged callback', letter.reference)) void forge(world, letter);
    return underWay(world, letter, () => travel(world, letter)).then(({ status }) => status);
  };
}

/** Our own, where it is about money that we asked for; what was paid by hand goes by its receipt. */
function referenceOf(world: World, path: string, body: string): string {
  const confirmed = isConfirmation(path) ? confirmedIn(body) : undefined;
  if (!confirmed) return world.referenceOf(path);
  return world.counter.loose.has(confirmed.receiptNumber) ? confirmed.receiptNumber : confirmed.reference;
}

/** The same for Pesapal's notifications, whose answer matters word by word. */
export function createNotificationPost(world: World): Notify {
  return ({ url, body }) => {
    const text = body ?? '';
    const [, reference = 'nobody', paymentId] = /(\w+)-([0-9a-f]{32})\b/.exec(text) ?? [];
    const letter = { path: new URL(url).pathname, body: text, reference, ...(paymentId && { paymentId }) };
    if (world.fault('forged callback', reference)) void forge(world, letter);
    return underWay(world, letter, () => travel(world, letter));
  };
}

async function travel(world: World, letter: Letter): Promise<Receipt> {
  const { reference } = letter;
  const mustArrive = isAlone(world, letter);
  if (!mustArrive && world.fault('callback lost', reference)) throw new Error('lost');
  if (world.outage.isOn()) {
    if (!mustArrive && world.chance.happens(0.5)) throw new Error('lost in an outage');
    await pause(world.time, world.outage.leftMs());
  }
  const sent = mustArrive ? letter : spoil(world, letter);
  if (world.fault('callback out of order', reference)) await pause(world.time, world.chance.between(0, 60_000));
  if (world.fault('callback late', reference)) await pause(world.time, world.chance.between(0, DAY_MS));
  if (world.fault('callback repeated', reference)) repeat(world, world.chance.happens(0.5) ? letter : sent);
  return mustArrive ? insist(world, sent) : deliver(world, sent);
}

/** After a success comes a failure, and no statement will ever tell: were the success lost, nobody could know of the money. */
function isAlone(world: World, { reference }: Letter): boolean {
  return !world.hasStatements && world.misfortunesOf(reference).odd === 'callback-then-failure';
}

async function insist(world: World, letter: Letter): Promise<Receipt> {
  for (;;) {
    const receipt = await deliver(world, letter).catch(() => null);
    if (receipt?.status === 200) return receipt;
    await pause(world.time, AGAIN_MS);
  }
}

function spoil(world: World, letter: Letter): Letter {
  const { paymentId, ...strange } = letter;
  const { body, reference } = letter;
  const half = body.slice(0, world.chance.whole(0, body.length - 1));
  if (world.fault('callback malformed', reference)) return { ...strange, body: half }; // Nobody can tell what it is about.
  if (!body.includes('"Name":"Amount"') || !world.fault('callback with another amount', reference)) return letter;
  world.misfortunesOf(reference).misquoted = true;
  return { ...letter, body: misquote(world, body) };
}

function misquote(world: World, body: string): string {
  return body.replace(/("Name":"Amount","Value":)\d+/, (_, name) => `${name}${world.chance.whole(1, 5_000)}`);
}

/** Two to four in all: some at the same moment, some later; what was spoilt on the way may be whole the next time. */
function repeat(world: World, letter: Letter): void {
  for (let copies = world.chance.whole(1, 3); copies > 0; copies--)
    void underWay(world, letter, async () => {
      if (world.chance.happens(0.5)) await pause(world.time, world.chance.between(0, world.chance.oneOf(LATER_MS)));
      return deliver(world, letter);
    }).catch(() => {});
}

async function deliver(world: World, { path, body, reference, paymentId }: Letter): Promise<Receipt> {
  const answer = await world.machine.ask({ method: 'POST', path, body, fromAddress: SAFARICOM }, ({ status }) => {
    if (status !== 200) return;
    if (paymentId) world.acknowledged.notification(world.disk, paymentId);
    else if (isConfirmation(path)) hearConfirmation(world, body);
    else if (world.house.gateway === 'daraja') world.acknowledged.callback(world.disk, path);
  });
  world.timeline.note('gateway', `reports on ${reference}: ${answer === 'cut' ? 'nobody answers' : answer.status}`);
  if (answer === 'cut') throw new Error('nobody answers');
  world.misfortunesOf(reference).reported.resolve();
  return { status: answer.status, body: JSON.stringify(answer.body) };
}

function hearConfirmation({ acknowledged, counter }: World, body: string): void {
  acknowledged.confirmation();
  const confirmed = confirmedIn(body);
  if (confirmed) counter.confirm(confirmed.receiptNumber);
}

async function underWay<T>(world: World, { reference }: Letter, work: () => Promise<T>): Promise<T> {
  const misfortunes = world.misfortunesOf(reference);
  misfortunes.underWay += 1;
  try {
    return await work();
  } finally {
    misfortunes.underWay -= 1;
  }
}

/** Everything right but the token, which nobody can guess; or the token right, and of a payment that is not there. */
async function forge(world: World, letter: Letter): Promise<void> {
  if (letter.paymentId && world.chance.happens(0.5)) {
    const body = letter.body.replaceAll(letter.paymentId, randomHex(world.random));
    await world.machine.ask({ method: 'POST', path: letter.path, body, fromAddress: STRANGER }, () => {});
    return;
  }
  const path = letter.path.replace(/[0-9a-f]{32}/, randomHex(world.random));
  const body = letter.body.replace(/"ResultCode":\d+/, '"ResultCode":0');
  const answer = await world.machine.ask({ method: 'POST', path, body, fromAddress: STRANGER }, () => {});
  if (answer !== 'cut' && answer.status !== 404 && answer.status !== 500)
    world.broken(`I3 a forged callback was answered ${answer.status}`);
}
