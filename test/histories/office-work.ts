import type { WorklistItem } from '../../server/view/worklist-view.ts';
import { pause } from '../../shared/clock.ts';
import type { Chance } from './chance.ts';
import { type Decision, decisionAbout } from './decide.ts';
import type { Answer, Request } from './in-memory-http.ts';
import type { World } from './world.ts';

const OFFICE = '/api/v1/box-office/';
const TRIES_MAX = 3; // Of one request whose answer was lost.
const LOOKS_MAX = 2; // Of one visit.
const DECISIONS_MAX = 4; // Of one look.
const ILL = { daraja: 0.15, pesapal: 0.4 }; // Of looks: where there are fewer histories, money goes back more often.

/** Somebody at the box office, who looks at the worklist now and then. What they do is drawn as they go. */
export interface Manager {
  name: string;
  cookie: string;
  chance: Chance;
  /** When they come, in milliseconds from the beginning. */
  comesAtMs: number[];
}

export async function manage(world: World, manager: Manager): Promise<void> {
  const startedAt = +world.time.now();
  for (const at of manager.comesAtMs) {
    await pause(world.time, startedAt + at - +world.time.now());
    await visit(world, manager);
  }
}

/** Everything that the worklist shows now; null when nobody answers. */
export async function seeExceptions(world: World, manager: Manager): Promise<WorklistItem[] | null> {
  const answer = await send(world, manager, { method: 'GET', path: 'exceptions' });
  return answer === 'cut' || answer.status !== 200 ? null : (answer.body as { exceptions: WorklistItem[] }).exceptions;
}

/** Looks, decides, and looks again what came of it. */
async function visit(world: World, manager: Manager): Promise<void> {
  const { chance } = manager;
  for (let looks = chance.whole(1, LOOKS_MAX); looks > 0; looks--) {
    const list = await seeExceptions(world, manager);
    const decisions = [...(list ?? []).map(item => decisionAbout(world, chance, item)), ...unasked(world, chance)];
    for (const decision of decisions.filter(one => one !== null).slice(0, DECISIONS_MAX)) {
      if (chance.happens(0.3)) await pause(world.time, chance.between(1_000, 90_000));
      await insist(world, manager, decision);
    }
    if (decisions.length === 0) return;
    await pause(world.time, chance.between(500, 15_000));
  }
}

/** What no worklist asks for: a customer wants the money back, the film did not come, the gateway's pages show a reversal. */
function unasked(world: World, chance: Chance): Decision[] {
  const { disk, portal } = world;
  const decisions: Decision[] = [];
  const paid = disk.query<{ id: string }>(`select id from booking where state = 'confirmed'`)();
  if (paid.length > 0 && chance.happens(ILL[world.house.gateway]))
    decisions.push({ path: 'refunds', body: { bookingId: chance.oneOf(paid).id, note: 'The customer is ill' } });
  const on = disk.query<{ id: number }>('select id from showing where cancelledAt is null')();
  if (on.length > 0 && chance.happens(0.04))
    decisions.push({ path: `showings/${chance.oneOf(on).id}/cancellations`, body: { note: 'The film did not come' } });
  const kept = disk.query<{ id: number; number: string }>(
    'select id, number from receipt where number is not null and reversedAt is null',
  )();
  for (const { id, number } of kept)
    if (portal.foreign.has(number) && chance.happens(0.5))
      decisions.push({ path: `receipts/${id}/reversals`, body: { note: 'The portal says so' } });
  return decisions;
}

/** Again until there is an answer; the nervous press twice. */
async function insist(world: World, manager: Manager, { path, body }: Decision): Promise<void> {
  if (manager.chance.happens(0.15)) void send(world, manager, { method: 'POST', path, body });
  for (let tries = 1; tries <= TRIES_MAX; tries++) {
    const answer = await send(world, manager, { method: 'POST', path, body });
    if (answer !== 'cut' && answer.status < 500) return;
    await pause(world.time, manager.chance.between(500, 15_000));
  }
}

interface Wish {
  method: Request['method'];
  path: string;
  body?: unknown;
}

async function send(world: World, { name, cookie }: Manager, { method, path, body }: Wish): Promise<Answer | 'cut'> {
  const request = {
    ...{ method, path: OFFICE + path, fromAddress: '198.51.100.99' },
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answer = await world.machine.ask(request, ({ status }) => world.acknowledged.decision(path, status, body));
  const { code, detail } = answer === 'cut' ? {} : ((answer.body ?? {}) as { code?: string; detail?: string });
  const told = answer === 'cut' ? 'no answer' : [answer.status, code, detail].filter(Boolean).join(' ');
  world.timeline.note(name, `${method} ${path}${body ? ` ${JSON.stringify(body)}` : ''}: ${told}`);
  return answer !== 'cut' && world.fault('answer to browser lost', name) ? 'cut' : answer;
}
