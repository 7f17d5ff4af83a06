import type uPlot from 'uplot';
import type { Bars } from './bars.ts';
import type { Colours } from './sales-chart.ts';

const LETTERS = 13;
const GAP = 8;

/** In front of each bar, in one line or two. */
export function writeNames(plot: uPlot, { bars }: Bars, colours: Colours): void {
  const dots = devicePixelRatio; // A canvas counts dots, of which a pixel may have several.
  write(plot, colours, 'right', ctx => {
    const x = plot.bbox.left - GAP * dots;
    for (const [at, { names }] of bars.entries())
      for (const [line, name] of names.entries()) {
        const shift = (line - (names.length - 1) / 2) * (LETTERS + 3) * dots;
        ctx.fillText(shorten(ctx, name, x), x, plot.valToPos(at, 'x', true) + shift);
      }
  });
}

/** At the end of each bar: what stayed. */
export function writeAmounts(plot: uPlot, { bars, write: inWords }: Bars, colours: Colours): void {
  write(plot, colours, 'left', ctx => {
    for (const [at, { gross, net }] of bars.entries()) {
      const end = plot.valToPos(gross, 'y', true) + GAP * devicePixelRatio;
      ctx.fillText(inWords(net), end, plot.valToPos(at, 'x', true));
    }
  });
}

function write(
  { ctx }: uPlot,
  { text }: Colours,
  align: CanvasTextAlign,
  draw: (ctx: CanvasRenderingContext2D) => void,
): void {
  ctx.save();
  ctx.font = `${LETTERS * devicePixelRatio}px system-ui, sans-serif`;
  ctx.fillStyle = text;
  ctx.textAlign = align;
  ctx.textBaseline = 'middle';
  draw(ctx);
  ctx.restore();
}

function shorten(ctx: CanvasRenderingContext2D, name: string, room: number): string {
  if (ctx.measureText(name).width <= room) return name;
  let letters = name.length - 1;
  while (letters > 1 && ctx.measureText(`${name.slice(0, letters)}…`).width > room) letters -= 1;
  return `${name.slice(0, letters).trimEnd()}…`;
}
