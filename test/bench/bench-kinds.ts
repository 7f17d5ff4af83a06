import type { Store } from './stores.ts';

/** What one run of one side came to, by the name of the figure. */
export type Figures = Record<string, number>;

/** Our server, the floor beneath it, or the way one would write it first. */
export const SIDES = ['ours', 'floor', 'naive'] as const;
export type SideName = (typeof SIDES)[number];

/** A limit of its own, or a share of what another side came to in the same run. */
export interface Target {
  than: 'figure' | 'floor' | 'naive';
  least?: number;
  most?: number;
  /** Named and looked at, but nothing depends on it: it was said of a machine that this one may not be. */
  aim?: boolean;
}

export interface Row {
  figure: string;
  what: string;
  unit: '/s' | 'ms' | 's' | 'kB' | 'MB' | '×';
  targets: Target[];
  /** Another figure of the same run that it is shown beside, and what that one is called. */
  beside?: { figure: string; called: string };
}

export interface Setting {
  store: Store;
  isQuick: boolean;
  /** Where to write what the processor did; null: nowhere. */
  profileFolder: string | null;
  say(progress: string): void;
}

/** One run on a database of its own. Throws where an invariant is broken: such a figure is never printed. */
export type Side = (setting: Setting) => Promise<Figures>;

export interface Bench {
  name: string;
  /** What is measured, in a sentence. */
  about: string;
  rows: Row[];
  sides: Partial<Record<SideName, Side>>;
  /** How often each side runs, where five times would take too long or say no more. */
  runs?: number;
  /** What keeps it from being faster, in paragraphs for the page. */
  limits: string;
}
