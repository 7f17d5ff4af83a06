import * as v from 'valibot';
import { ChargeView } from '../../shared/views.ts';
import { type Watch, type Watcher, type WatchParts, watchNewest } from '../kit/watch-newest.ts';
import { isUnsettled } from './charge-stage.ts';

const CHARGE = {
  pushed: ChargeView,
  answered: v.pipe(
    v.object({ charge: ChargeView }),
    v.transform(({ charge }) => charge),
  ),
  isUnsettled,
};

/** Keeps the newest version of a charge on the screen, whatever the network does. */
export function watchCharge(
  parts: WatchParts<ChargeView>,
  chargeId: string,
  watcher: Watcher<ChargeView>,
): Watch<ChargeView> {
  return watchNewest(parts, CHARGE, chargeId, watcher);
}
