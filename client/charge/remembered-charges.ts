import * as v from 'valibot';
import { ChargeView } from '../../shared/views.ts';
import type { Kept } from '../kit/kept.ts';

const CHARGES_KEPT = 5;
const KEPT_MS = 24 * 3_600_000; // The way back for a browser that was killed, not a diary.

const { chargeId, state, amount, purpose, now: since } = ChargeView.entries;
const Remembered = v.object({ chargeId, state, amount, purpose, since });
export type RememberedCharge = v.InferOutput<typeof Remembered>;

/** The charges seen on this device in the last day, newest first. */
export function rememberedCharges(kept: Kept, now: Date): RememberedCharge[] {
  const oldest = now.getTime() - KEPT_MS;
  return (kept.read('charges', v.array(Remembered)) ?? []).filter(one => Date.parse(one.since) > oldest);
}

export function rememberCharge(kept: Kept, { now, ...charge }: ChargeView): void {
  const known = rememberedCharges(kept, new Date(now));
  const first = known.find(one => one.chargeId === charge.chargeId);
  const { chargeId, state, amount, purpose } = charge;
  const remembered = { chargeId, state, amount, purpose, since: first?.since ?? now };
  kept.write('charges', [remembered, ...known.filter(one => one !== first)].slice(0, CHARGES_KEPT));
}
