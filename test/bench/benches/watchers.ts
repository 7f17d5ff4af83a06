import { setTimeout } from 'node:timers/promises';
import type { Bench, Figures, Setting } from '../bench-kinds.ts';
import { withServer } from '../http-load.ts';
import type { Delay, Heap } from '../probe.ts';
import { programme } from '../seed.ts';
import { openSwarm } from '../swarm.ts';
import { startBare, type UnderTest } from '../under-test.ts';

const CHANGES_PER_SECOND = 50;
const sizeOf = ({ isQuick }: Setting) => (isQuick ? { sockets: 1_000, seconds: 2 } : { sockets: 10_000, seconds: 10 });

async function ours(setting: Setting): Promise<Figures> {
  const { sockets, seconds } = sizeOf(setting);
  return withServer('ours', setting, programme, async (server, { seeded: [hot = 0] }) => {
    const { swarm, ...figures } = await fill(server, sockets, hot);
    await swarm.heard();
    await server.ask('watch delay');
    await changeAgain(server.url, hot, seconds);
    const { p50, p99 } = await server.ask<Delay>('delay');
    const told = (await swarm.heard()) / sockets / seconds;
    await swarm.close();
    return { ...figures, delay50: p50, delay99: p99, told };
  });
}

/** Heap and connecting only: fifty times ten thousand messages a second are more than it can send. */
async function bare(setting: Setting): Promise<Figures> {
  const server = await startBare(setting, 'floor/sockets.ts');
  try {
    const { swarm, ...figures } = await fill(server, sizeOf(setting).sockets, 1);
    await swarm.close();
    return figures;
  } finally {
    await server.stop();
  }
}

async function fill(server: UnderTest, sockets: number, showing: number) {
  const before = await server.ask<Heap>('heap');
  const swarm = await openSwarm(server, sockets, [showing]);
  const after = await server.ask<Heap>('heap');
  const kilobytes = (part: keyof Heap) => (after[part] - before[part]) / 1_024 / sockets;
  return { swarm, heap: kilobytes('heapBytes'), resident: kilobytes('residentBytes'), opened: swarm.perSecond };
}

/** Places are taken, as evenly as a timer allows. */
async function changeAgain(url: string, showingId: number, seconds: number) {
  const begun = performance.now();
  const answers: Promise<Response>[] = [];
  for (let change = 0; change < seconds * CHANGES_PER_SECOND; change++) {
    await setTimeout(Math.max(0, begun + (change * 1_000) / CHANGES_PER_SECOND - performance.now()));
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    const body = JSON.stringify({ showingId, quantity: 1 });
    answers.push(fetch(`${url}/api/v1/bookings`, { method: 'POST', headers, body }));
  }
  for (const answer of await Promise.all(answers))
    if (answer.status !== 201) throw new Error(`a hold: ${answer.status}`);
}

export const watchers: Bench = {
  name: 'watchers',
  about: `Ten thousand browsers watch one showing, which then changes ${CHANGES_PER_SECOND} times a second.`,
  rows: [
    { figure: 'heap', what: 'heap each, after collection', unit: 'kB', targets: [{ than: 'floor', most: 1.3 }] },
    { figure: 'resident', what: 'memory each', unit: 'kB', targets: [] },
    { figure: 'opened', what: 'connected and watching', unit: '/s', targets: [] },
    { figure: 'delay50', what: 'the event loop is late by, half of the time', unit: 'ms', targets: [] },
    { figure: 'delay99', what: 'all but a hundredth of it', unit: 'ms', targets: [{ than: 'figure', most: 25 }] },
    { figure: 'told', what: 'messages to each browser', unit: '/s', targets: [] },
  ],
  sides: { ours, floor: bare },
  limits: `The floor is a bare Socket.IO with one room. A message costs 10 to 20 µs for each browser that gets it, whatever
one does, most of it the system's own sending: a showing that ten thousand watch is therefore told once a second, always
the newest state, a hundred browsers at a time, between which everybody else has a turn
([rooms.ts](../server/realtime/rooms.ts)). With five hundred at a time the loop was late by two to six times as much.
What remains are the commits of the bookings that change the showing.`,
};
