import type uPlot from 'uplot';
import type { Bars } from './bars.ts';
import type { Colours } from './sales-chart.ts';
import { writeAmounts, writeNames } from './write-on-chart.ts';

const FONT = '13px system-ui, sans-serif';
const LETTER_WIDTH = 7.5; // About, at that size.
const DAY_GAP = 62; // Between the labels of days.
const AMOUNT_GAP = 90; // Between those of amounts.
const UPRIGHT_ROOM = 1.05; // Above the highest bar.
const BARS_OUTLINED = 40; // Of more, a broad outline is all that is seen.
const BOTTOM = 32;
const BAR: uPlot.Series.BarsPathBuilderOpts = { size: [0.7, 36] };

interface Size {
  width: number;
  height: number;
}

/** An outline for all that was received, filled as far as it stayed: that needs no colour to be read. */
export function optionsFor(bars: Bars, size: Size, colours: Colours, Plot: typeof uPlot): uPlot.Options {
  const paths = Plot.paths.bars?.(BAR) ?? (() => null);
  const width = bars.bars.length > BARS_OUTLINED ? 1 : 2;
  const series = { stroke: colours.bar, width, paths, points: { show: false } };
  const write = (plot: uPlot) => {
    writeNames(plot, bars, colours);
    writeAmounts(plot, bars, colours);
  };
  return {
    ...size,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, bars.standing ? 24 : 8, 0, 0], // The label of the last day stands half outside.
    scales: bars.standing ? standingScales(bars) : lyingScales(bars, size),
    axes: bars.standing ? standingAxes(bars, colours) : lyingAxes(bars, size, colours),
    series: [{}, series, { ...series, fill: colours.bar }],
    hooks: bars.standing ? {} : { draw: [write] },
  };
}

function standingScales({ bars }: Bars): uPlot.Scales {
  const range: uPlot.Range.Function = (_, __, most) => [0, most * UPRIGHT_ROOM];
  return { x: { time: false, range: [-0.5, bars.length - 0.5] }, y: { range } };
}

/** Beyond the longest bar its amount must find room. */
function lyingScales({ bars, write }: Bars, size: Size): uPlot.Scales {
  const longest = Math.max(...bars.map(({ net }) => write(net).length)) * LETTER_WIDTH;
  const width = size.width - roomForNames(size);
  const range: uPlot.Range.Function = (_, __, most) => [0, (most * width) / Math.max(width - longest, width / 3)];
  return {
    x: { time: false, range: [-0.5, bars.length - 0.5], ori: 1, dir: -1 },
    y: { range, ori: 0, dir: 1 },
  };
}

function standingAxes({ bars, writeShort }: Bars, { text, grid }: Colours): uPlot.Axis[] {
  const look = { font: FONT, stroke: text, ticks: { show: false } };
  return [
    {
      ...{ ...look, grid: { show: false }, side: 2, size: BOTTOM, space: DAY_GAP, incrs: [1, 2, 7, 14, 28, 56, 91] },
      values: (_, splits) => splits.map(at => bars[at]?.names[0] ?? ''),
    },
    {
      ...{ ...look, grid: { stroke: grid, width: 1 }, side: 3, size: 74 },
      values: (_, splits) => splits.map(writeShort),
    },
  ];
}

/** Names have two lines and are written by hand. */
function lyingAxes({ writeShort }: Bars, size: Size, { text, grid }: Colours): uPlot.Axis[] {
  const look = { font: FONT, stroke: text, ticks: { show: false } };
  return [
    { ...{ ...look, grid: { show: false }, side: 3, size: roomForNames(size) }, values: () => [] },
    {
      ...{ ...look, grid: { stroke: grid, width: 1 }, side: 2, size: BOTTOM, space: AMOUNT_GAP },
      values: (_, splits) => splits.map(writeShort),
    },
  ];
}

const roomForNames = ({ width }: Size) => Math.round(Math.min(width * 0.38, 280));
