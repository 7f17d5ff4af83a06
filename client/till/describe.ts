import { html, type TemplateResult } from 'lit-html';
import type { SaleLine } from '../../shared/office/till.ts';
import { drawText } from '../booking/ticket-qr.ts';
import type { BasketLine } from './basket.ts';
import type { Customer } from './customer.ts';
import type { TillWords } from './words.ts';

/** Where the till stands: its venue's clock. */
export interface Here {
  now: Date;
  timeZone: string;
}

/** `19:00 Nairobi Nights` or `Popcorn`: a line in a few words. */
export function nameOfLine(line: BasketLine | SaleLine, { timeZone }: Here, { time }: TillWords): string {
  if (line.kind === 'charge') return line.purpose;
  const { title, startsAt } = 'showing' in line ? line.showing : line;
  return startsAt ? `${time(startsAt, timeZone)} ${title}` : title;
}

/** All of what somebody takes, in one line. */
export function nameOf({ sale, basket }: Customer, here: Here, words: TillWords): string {
  const lines = sale?.lines ?? basket.lines;
  const names = lines.map(line => {
    const name = nameOfLine(line, here, words);
    return line.kind === 'charge' ? name : `${line.quantity} × ${name}`;
  });
  return names.join(', ') || words.say('emptyBasket');
}

/** An address for the camera of a phone. */
export function addressQr(address: string, label: string): TemplateResult {
  const { viewBox, path } = drawText(address);
  return html`
    <svg class="till-qr" viewBox=${viewBox} role="img" aria-label=${label}>
      <path d=${path} shape-rendering="crispEdges" />
    </svg>`;
}
