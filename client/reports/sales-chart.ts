import type uPlot from 'uplot';
import type { Bars } from './bars.ts';
import { optionsFor } from './chart-options.ts';

const STANDING_HEIGHT = 260;
const LYING_HEIGHT = 42; // Of a bar with two lines in front of it.
const AXIS_HEIGHT = 40;

/** What it is drawn with: paper takes black, the screen is dark. */
export interface Colours {
  text: string;
  grid: string;
  bar: string;
}

export const PAPER: Colours = { text: '#000', grid: '#ccc', bar: '#555' };

/** A chart in an element of its own, as wide as that is. The table beside it says the same: this is for the eye. */
export class SalesChart {
  readonly element = document.createElement('div');
  readonly #colours: Colours;
  readonly #observer = new ResizeObserver(() => this.#resize());
  #bars: Bars | null = null;
  #plot: uPlot | null = null;

  constructor(colours: Colours) {
    this.#colours = colours;
    this.element.className = 'sales-chart';
    this.element.setAttribute('role', 'img');
    this.#observer.observe(this.element);
  }

  /** `width`: where it is not on the page yet. The library comes with the first chart, and only to this page. */
  async show(bars: Bars, width = this.element.clientWidth): Promise<void> {
    this.#bars = bars;
    this.element.setAttribute('aria-label', bars.description);
    this.element.style.height = `${heightOf(bars)}px`; // Nothing jumps when it is drawn.
    const { default: Plot } = await import('uplot');
    if (this.#bars !== bars) return;
    this.#plot?.destroy();
    const { bars: all } = bars;
    const data: uPlot.AlignedData = [all.map((_, at) => at), all.map(one => one.gross), all.map(one => one.net)];
    const size = { width: width || this.element.clientWidth, height: heightOf(bars) };
    this.#plot = new Plot(optionsFor(bars, size, this.#colours, Plot), data, this.element);
  }

  close(): void {
    this.#observer.disconnect();
    this.#plot?.destroy();
    this.#bars = null;
  }

  /** Its labels take as much room as there is: it is drawn anew. */
  #resize() {
    const { clientWidth: width } = this.element;
    if (this.#bars && this.#plot && width > 0 && width !== this.#plot.width) void this.show(this.#bars);
  }
}

function heightOf({ bars, standing }: Bars): number {
  return standing ? STANDING_HEIGHT : bars.length * LYING_HEIGHT + AXIS_HEIGHT;
}
