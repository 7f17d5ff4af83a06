import { Worker } from 'node:worker_threads';
import type { TicketPage } from './ticket-pages.ts';

const PRINTED_AT_ONCE = 2; // Each takes a core for some 100 ms; the rest waits in line.

let printing = 0;
const waiting: (() => void)[] = [];

/** A PDF with a page a ticket, drawn on another thread so that nobody's push waits for it. */
export async function printTickets(pages: TicketPage[]): Promise<Buffer> {
  if (printing >= PRINTED_AT_ONCE) await new Promise<void>(turn => waiting.push(turn));
  printing += 1;
  try {
    return await draw(pages);
  } finally {
    printing -= 1;
    waiting.shift()?.();
  }
}

function draw(pages: TicketPage[]): Promise<Buffer> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./ticket-pages.ts', import.meta.url), { workerData: pages });
    worker.once('message', (pdf: Uint8Array) => done(Buffer.from(pdf)));
    worker.once('error', failed);
  });
}
