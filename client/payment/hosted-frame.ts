import { type Clock, type Stop, systemClock } from '../../shared/clock.ts';

const LOADS_WITHIN_MS = 8_000; // A slow 3G takes six for a page like this one.

/** `back`: the page has sent the browser back to us, in its frame. */
export type FrameState = 'loading' | 'shown' | 'late' | 'blocked' | 'back';

/** What is known of the gateway's page in its frame. Another site's frame tells its owner nothing but that it loaded. */
export class HostedFrame {
  state: FrameState = 'loading';
  #url: string | null = null;
  #stop: Stop = () => {};
  readonly #changed: () => void;
  readonly #clock: Clock;

  constructor(changed: () => void, clock: Clock = systemClock) {
    this.#changed = changed;
    this.#clock = clock;
  }

  /** Which page stands in the frame now; null: none. The same one again changes nothing. */
  show(url: string | null): void {
    if (url === this.#url) return;
    this.#stop();
    this.#url = url;
    this.state = 'loading';
    if (url) this.#stop = this.#clock.after(LOADS_WITHIN_MS, () => this.#become('late'));
  }

  /** A page that is late may still come; one that was refused loads as the browser's own words of refusal. */
  loaded(isOurs: boolean): void {
    this.#stop();
    if (isOurs) this.#become('back');
    else if (this.state !== 'blocked') this.#become('shown');
  }

  /** The browser would not show it: we frame no strangers. */
  refused(): void {
    this.#stop();
    this.#become('blocked');
  }

  #become(state: FrameState): void {
    this.state = state;
    this.#changed();
  }
}

/** The browser tells the page that holds the frame. */
export function hearRefusals(frame: HostedFrame): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    if (effectiveDirective === 'frame-src') frame.refused();
  });
}
