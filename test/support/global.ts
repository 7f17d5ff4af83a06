import { unpackChromium } from './chromium.ts';

/** Once before all test files: a browser to start. */
export async function globalSetup() {
  await unpackChromium();
}
