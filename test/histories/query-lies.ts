import { REFUSALS } from '../../server/simulator/daraja/refusals.ts';
import { type Answered, json } from '../../server/simulator/daraja/wire.ts';
import type { World } from './world.ts';

/** Two make us believe a failure, and we ask twice more: who lies every time cannot be found out by asking. */
const DENIALS_MAX = 3;

/** What a query hears instead of the truth; undefined when it hears the truth. */
export function lieAboutQuery(world: World, reference: string, checkoutRequestId: string): Answered | undefined {
  const told = (ResultCode: string) =>
    json(200, { ResponseCode: '0', CheckoutRequestID: checkoutRequestId, ResultCode, ResultDesc: '…' });
  if (world.fault('query 4999', reference)) return told('4999');
  if (world.fault('query 429', reference)) return REFUSALS.rateLimited();
  if (world.fault('query 500', reference))
    return REFUSALS[world.chance.oneOf(['beingProcessed', 'internalError', 'firewall'] as const)](world.random);
  const misfortunes = world.misfortunesOf(reference);
  if (misfortunes.denials < DENIALS_MAX && world.fault('query denies', reference)) {
    misfortunes.denials += 1;
    return told(world.chance.oneOf(['1032', '1037']));
  }
  return undefined;
}
