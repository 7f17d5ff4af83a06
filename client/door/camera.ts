import { every, type Stop, systemClock } from '../../shared/clock.ts';
import { type CodeFinder, createCodeFinder } from './find-codes.ts';

const LOOK_EVERY_MS = 120; // About eight looks a second: a phone stays cool, a ticket is read in the moment it is held still.
const WIDTH = 640; // Enough for a ticket that fills a third of the picture; the double costs four times as much to read.
const OUT_OF_SIGHT_MS = 2_000; // A ticket that stays before the camera is one scan, until it was away this long.

export type CameraState = 'off' | 'opening' | 'on' | 'refused' | 'missing';

/** A camera that reads tickets. `found` hears each one once while it stays in sight. */
export class TicketCamera {
  readonly #video: HTMLVideoElement;
  readonly #found: (code: string) => void;
  readonly #changed: () => void;
  readonly #canvas = document.createElement('canvas');
  #stream: MediaStream | null = null;
  #stopLooking: Stop = () => {};
  #seen: { code: string; at: number } | null = null;
  #state: CameraState = 'off';
  #attempts = 0;
  /** While something must be read on the screen, nothing is read from paper. */
  isResting: () => boolean = () => false;

  constructor(heard: { found(code: string): void; changed(): void }) {
    this.#video = document.createElement('video');
    this.#video.muted = true;
    this.#video.playsInline = true; // Otherwise an iPhone shows it on the whole screen.
    this.#found = heard.found;
    this.#changed = heard.changed;
  }

  get state(): CameraState {
    return this.#state;
  }

  get video(): HTMLVideoElement {
    return this.#video;
  }

  async start(): Promise<void> {
    if (this.#state === 'opening' || this.#state === 'on') return;
    const attempt = ++this.#attempts;
    this.#become('opening');
    try {
      const [finder, stream] = await Promise.all([createCodeFinder(), openCamera()]);
      if (attempt !== this.#attempts) return end(stream); // It was stopped meanwhile.
      this.#stream = stream;
      this.#video.srcObject = stream;
      await this.#video.play();
      this.#stopLooking = every(systemClock, LOOK_EVERY_MS, () => this.#look(finder));
      this.#become('on');
    } catch (error) {
      if (attempt !== this.#attempts) return;
      this.#end();
      this.#become(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'missing');
    }
  }

  stop(): void {
    this.#attempts += 1;
    this.#end();
    this.#become('off');
  }

  /** The same ticket may be read again, though it never left. */
  forget(): void {
    this.#seen = null;
  }

  #end() {
    this.#stopLooking();
    if (this.#stream) end(this.#stream);
    this.#stream = null;
    this.#video.srcObject = null;
  }

  #become(state: CameraState) {
    this.#state = state;
    this.#changed();
  }

  async #look(finder: CodeFinder) {
    if (this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const [found] = await finder.detect(this.#picture()).catch(() => []);
    if (!found) return;
    const now = performance.now();
    const isSame = this.#seen?.code === found.rawValue && now - this.#seen.at < OUT_OF_SIGHT_MS;
    if (isSame || !this.isResting()) this.#seen = { code: found.rawValue, at: now };
    if (!isSame && !this.isResting()) this.#found(found.rawValue);
  }

  #picture(): HTMLCanvasElement {
    const { videoWidth, videoHeight } = this.#video;
    const scale = Math.min(1, WIDTH / Math.max(videoWidth, 1));
    this.#canvas.width = Math.max(1, Math.round(videoWidth * scale));
    this.#canvas.height = Math.max(1, Math.round(videoHeight * scale));
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(this.#video, 0, 0, this.#canvas.width, this.#canvas.height);
    return this.#canvas;
  }
}

/** The one that looks away from whoever holds the phone, if there is a choice. */
function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new Error('This browser has no cameras, or the page did not come by HTTPS');
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1_280 } } });
}

function end(stream: MediaStream) {
  for (const track of stream.getTracks()) track.stop();
}
