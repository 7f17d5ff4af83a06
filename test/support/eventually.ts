import { setImmediate } from 'node:timers/promises';

const PATIENCE_MS = 10_000;

/** Waits until something that is already on its way has happened, for what tells nobody when it does. */
export async function eventually(happened: () => boolean | Promise<boolean>): Promise<void> {
  const givingUp = performance.now() + PATIENCE_MS;
  while (!(await happened())) {
    if (performance.now() > givingUp) throw new Error(`it never happened: ${happened}`);
    await setImmediate();
  }
}
