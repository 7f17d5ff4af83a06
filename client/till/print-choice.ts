import * as v from 'valibot';
import { kept } from '../kit/device.ts';

export const PAPERS = ['no', 'receipt', 'sheet'] as const;
export type Paper = (typeof PAPERS)[number];

/** What this till prints by itself when a sale is paid; it depends on the printer that stands beside it. */
export const printChoice = {
  read: (): Paper => kept.read('tillPrints', v.picklist(PAPERS)) ?? 'no',
  write: (paper: Paper): void => kept.write('tillPrints', paper),
};
