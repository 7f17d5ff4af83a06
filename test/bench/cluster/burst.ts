import type { Database } from '../../../server/database/open-database.ts';
import type { Figures, Setting } from '../bench-kinds.ts';
import { burstJob, post, untilSettled } from '../benches/callback.ts';
import { pendingBookings } from '../seed.ts';
import { cpuMsOf, sumUp, withServers } from './servers.ts';

const SHORT = { seconds: 3, warmUpSeconds: 1 }; // What is stored in a second takes many to settle.

/**
 * Distinct callbacks, each to one of the processes, which are asked on as many connections each as one process is alone:
 * so each of them has its burst, in which settling steps back.
 */
export function burstAt(setting: Setting, count: number): Promise<Figures> {
  const filling = pendingBookings(setting.isQuick ? 8_000 : 40_000);
  const job = setting.isQuick ? burstJob(setting) : { ...burstJob(setting), ...SHORT };
  return withServers(setting, filling, count, (servers, { seeded, using }) =>
    using(async database => {
      const shares = servers.map((_, share) => seeded.pending.filter((_, number) => number % count === share));
      const before = await cpuMsOf(servers);
      const all = servers.map((server, at) => post({ server, database, setting, job, pending: shares[at] ?? [] }));
      const posted = sumUp(await Promise.all(all));
      const { seconds } = await untilSettled(database);
      const cpuMs = (await cpuMsOf(servers)) - before;
      return {
        ...{ [`stored${count}`]: posted.perSecond, [`storedCpu${count}`]: posted.cpuMs },
        ...{ [`settledAfter${count}`]: seconds, [`settledCpu${count}`]: cpuMs / (await countStored(database)) },
      };
    }),
  );
}

/** Those of the warm-up too: the processor has worked for them as well. */
async function countStored({ orm }: Database): Promise<number> {
  const [row] = await orm.em.fork().execute('select count(*) as n from callback');
  return Number(row?.n);
}
