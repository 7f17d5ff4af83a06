import { REFUSALS } from '../../server/simulator/daraja/refusals.ts';
import { type Answered, json } from '../../server/simulator/daraja/wire.ts';
import type { Misfortunes } from './misfortunes.ts';
import type { World } from './world.ts';

const EARLY_MS = 30 * 60_000; // The server's second recheck is later than that, even if its clock jumps.

/** What a query hears instead of the truth; undefined when it hears the truth. */
export function lieAboutQuery(world: World, reference: string, checkoutRequestId: string): Answered | undefined {
  const told = (ResultCode: string) =>
    json(200, { ResponseCode: '0', CheckoutRequestID: checkoutRequestId, ResultCode, ResultDesc: '…' });
  const misfortunes = world.misfortunesOf(reference);
  if (misfortunes.isStubborn) return told('1032');
  if (world.fault('query 4999', reference)) return told('4999');
  if (world.fault('query 429', reference)) return REFUSALS.rateLimited();
  if (world.fault('query 500', reference))
    return REFUSALS[world.chance.oneOf(['beingProcessed', 'internalError', 'firewall'] as const)](world.random);
  const mayDeny = world.hasStatements || mayDenyAgain(misfortunes, world.time.now());
  if (mayDeny && world.fault('query denies', reference)) {
    misfortunes.denials += 1;
    return told(world.chance.oneOf(['1032', '1037']));
  }
  return undefined;
}

/**
 * Where there is no statement, a gateway that denies a payment every single time cannot be found out: there, and only
 * there, two lies make us believe a failure, a third may still come in the first half hour, and after it whoever is asked
 * and answers tells the truth.
 */
function mayDenyAgain({ denials, pushedAt }: Misfortunes, now: Date): boolean {
  return denials < 2 || (denials === 2 && pushedAt !== null && +now < +pushedAt + EARLY_MS);
}
