import type { Figures } from '../sockets/ten-thousand.ts';
import { type Run, run } from './stage.ts';

const SECONDS = 30; // Of taking and letting go.

const count = (number: number) => number.toLocaleString('en');

/** As many real sockets as a full house has, through cut lines and the death of the server. */
export async function sockets(many: number, seed: number): Promise<Run> {
  const all: Figures[] = [];
  const wish = ['--sockets', `${many}`, '--seconds', `${SECONDS}`, '--seed', `${seed}`];
  await run([process.execPath, 'test/sockets/run.ts', ...wish], { hear: line => void all.push(JSON.parse(line)) });
  const [figures] = all;
  if (!figures) throw new Error('nobody counted the sockets');
  const { bookings, confirmed, watched, broken, shown, overtaken, toldMs, kilobytes } = figures;
  const [first = 0, second = 0] = kilobytes.map(Math.round);
  return {
    name: 'Sockets by the thousand',
    command: `npm run prove -- --only sockets --sockets ${many} --seed ${seed}`,
    checks: ['I14'],
    figures: `${count(figures.sockets)} browsers at one showing, ${count(broken)} connections broken and back, 1 kill -9: ${count(shown)} versions shown, 0 older after newer, 0 left behind`,
    details: [
      `bookings made meanwhile: ${count(bookings)}, ${count(confirmed)} of them paid and confirmed; watched by name: ${count(watched)}`,
      `views that were overtaken on the way, and not shown: ${count(overtaken)}`,
      `one more place taken, with all connected: all of them had it in ${Math.round(toldMs)} ms`,
      `memory of the server for each of them, at most: ${first} kB in its first life, ${second} kB in its second`,
    ],
  };
}
