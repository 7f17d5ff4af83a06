import type { Bench } from './bench-kinds.ts';
import { blink } from './benches/blink.ts';
import { browse } from './benches/browse.ts';
import { callback } from './benches/callback.ts';
import { growth } from './benches/growth.ts';
import { hold } from './benches/hold.ts';
import { pay } from './benches/pay.ts';
import { search } from './benches/search.ts';
import { settle } from './benches/settle.ts';
import { start } from './benches/start.ts';
import { watchers } from './benches/watchers.ts';

/** In the order of the page. */
export const BENCHES: readonly Bench[] = [
  ...[browse, hold, callback, settle, pay, blink, watchers, search, growth, start],
];
