import type { WorklistItem } from '../../server/view/worklist-view.ts';
import { pause } from '../../shared/clock.ts';
import type { Chance } from './chance.ts';
import { type Decision, decisionAbout } from './decide.ts';
import { insist, send, type Worker } from './desk.ts';
import type { World } from './world.ts';

const LOOKS_MAX = 2; // Of one visit.
const DECISIONS_MAX = 4; // Of one look.
const ILL = { daraja: 0.15, pesapal: 0.4 }; // Of looks: where there are fewer histories, money goes back more often.

/** Somebody at the box office, who looks at the worklist now and then. What they do is drawn as they go. */
export interface Manager extends Worker {
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
      await insist(world, manager, { method: 'POST', ...decision });
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
