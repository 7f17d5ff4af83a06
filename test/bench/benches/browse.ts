import type { Bench, Setting, SideName } from '../bench-kinds.ts';
import { ask, withServer } from '../http-load.ts';
import { programme } from '../seed.ts';

const PATH = '/api/v1/movies';

const side = (name: SideName) => (setting: Setting) =>
  withServer(name, setting, programme, async server => {
    const { headers } = await fetch(server.url + PATH);
    const etag = headers.get('etag');
    const whole = await ask(server, setting, { plan: 'get', with: { path: PATH } });
    if (etag === null) return { whole: whole.perSecond, cpu: whole.cpuMs };
    const known = await ask(server, setting, { plan: 'get', with: { path: PATH, etag } });
    return {
      whole: whole.perSecond,
      known: known.perSecond,
      more: known.perSecond / whole.perSecond,
      cpu: whole.cpuMs,
    };
  });

export const browse: Bench = {
  name: 'browse',
  about: `\`GET ${PATH}\` on 64 connections: everything that is on in the coming week.`,
  rows: [
    { figure: 'whole', what: 'the whole answer', unit: '/s', targets: [{ than: 'floor', least: 0.6 }] },
    { figure: 'known', what: 'with a known ETag', unit: '/s', targets: [] },
    { figure: 'more', what: 'how many times as many', unit: '×', targets: [{ than: 'figure', least: 1 }] },
    { figure: 'cpu', what: 'processor time each', unit: 'ms', targets: [] },
  ],
  sides: { ours: side('ours'), floor: side('floor') },
  limits: `The floor is a bare Koa that sends the same bytes, read once, and knows their ETag. Ours keeps the bytes of its last
answer too, and asks the database before each whether they are still true
([kept-programme.ts](../server/show/kept-programme.ts)); that one statement, the headers of a careful server and the
route are the difference. While places are being sold, every change makes the next answer a new one.`,
};
