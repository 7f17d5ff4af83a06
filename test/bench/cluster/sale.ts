import type { Figures, Setting } from '../bench-kinds.ts';
import { programme } from '../seed.ts';
import { blinks, notifications } from './news-time.ts';
import { together, withServers } from './servers.ts';

export const PHONES_EACH = 1_000_000; // Of each process: nobody pays twice.

/** Places held and paid for; and while they are there, how long news takes. */
export function saleAt(setting: Setting, count: number): Promise<Figures> {
  return withServers(setting, programme, count, async (servers, { url, seeded: showings }) => {
    const hot = await together(servers, setting, () => ({ plan: 'hold', with: { showings: showings.slice(0, 1) } }));
    const hold = await together(servers, setting, () => ({ plan: 'hold', with: { showings } }));
    const pay = await together(servers, setting, at => ({
      plan: 'pay',
      with: { showings, firstPhone: at * PHONES_EACH },
    }));
    return {
      ...{ [`hot${count}`]: hot.perSecond, [`hold${count}`]: hold.perSecond, [`holdCpu${count}`]: hold.cpuMs },
      ...{ [`pay${count}`]: pay.perSecond, [`payCpu${count}`]: pay.cpuMs },
      ...(count === 1 && { news: await notifications(url) }),
      ...(count === 2 && (await blinks(servers, showings[0] ?? 0))),
    };
  });
}
