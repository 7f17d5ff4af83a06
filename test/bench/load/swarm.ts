import { eachOf, RawSocket } from '../../support/raw-socket.ts';

const OPENING_TOGETHER = 100;

/** So many browsers, each looking at one showing. */
export interface SwarmJob {
  url: string;
  sockets: number;
  showings: number[];
}

/** After `count`: what they have heard since the last time. */
export interface Heard {
  messages: number;
}

let messages = 0;

process.once('message', async ({ url, sockets, showings }: SwarmJob) => {
  const begun = performance.now();
  const numbers = Array.from({ length: sockets }, (_, number) => number);
  await eachOf(numbers, OPENING_TOGETHER, async number => {
    const socket = await RawSocket.open(url, event => {
      if (event === 'showing:changed') messages++;
    });
    await socket.ask('showing:watch', { showingId: showings[number % showings.length] });
  });
  process.on('message', () => {
    process.send?.({ messages } satisfies Heard);
    messages = 0;
  });
  process.send?.({ seconds: (performance.now() - begun) / 1_000 });
});
