import { setImmediate, setTimeout } from 'node:timers/promises';

const PATIENCE_MS = 10_000;
const AT_ONCE = 50; // Looks, one in each turn of the event loop: what happens in this process is there soon.
const REST_MS = 5; // Then whoever is waited for may need the processor: a browser, another process.

/** Waits until something that is already on its way has happened, for what tells nobody when it does. */
export async function eventually(happened: () => boolean | Promise<boolean>): Promise<void> {
  const givingUp = performance.now() + PATIENCE_MS;
  for (let look = 0; !(await happened()); look++) {
    if (performance.now() > givingUp) throw new Error(`it never happened: ${happened}`);
    await (look < AT_ONCE ? setImmediate() : setTimeout(REST_MS));
  }
}
