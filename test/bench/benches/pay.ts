import { join } from 'node:path';
import type { Bench, Figures, Setting, SideName } from '../bench-kinds.ts';
import { ask, withServer } from '../http-load.ts';
import { startProcess } from '../processes.ts';
import { programme } from '../seed.ts';

const GATEWAY = join(import.meta.dirname, '../load/gateway.ts');

const side =
  (name: SideName) =>
  async (setting: Setting): Promise<Figures> => {
    const gateway = startProcess(GATEWAY);
    const settings = { MPESA_BASE_URL: await gateway.ask<string>('where') };
    try {
      return await withServer(
        ...([name, setting, programme] as const),
        async (server, { seeded }) => {
          const paid = await ask(server, setting, { plan: 'pay', with: { showings: seeded, firstPhone: 0 } });
          return { paid: paid.perSecond, cpu: paid.cpuMs };
        },
        settings,
      );
    } finally {
      await gateway.stop('SIGKILL');
    }
  };

export const pay: Bench = {
  name: 'pay',
  about: 'Two places held, a payment begun, and a prompt pushed to a gateway that answers at once, on 64 connections.',
  rows: [
    {
      ...{ figure: 'paid', what: 'held, begun and pushed', unit: '/s' },
      targets: [
        { than: 'naive', least: 3 },
        { than: 'figure', least: 800, aim: true },
      ],
    },
    { figure: 'cpu', what: 'processor time each', unit: 'ms', targets: [] },
  ],
  sides: { ours: side('ours'), floor: side('floor'), naive: side('naive') },
  limits: `Three commits and some forty statements: the hold, the intention to collect, which must be on the disk before
anything leaves the machine, and what the gateway answered. Between the second and the third is a call over HTTP.`,
};
