import { type Bitmap2D, correction, generate } from 'lean-qr/nano';
import { writeTicketCode } from '../../shared/ticket-code.ts';
import { isTestMode } from '../kit/page.ts';
import type { QrPicture } from './booking-page-state.ts';

const QUIET = 4; // Modules of white around it, as the standard asks.

/** In a file of its own, fetched only when there are tickets. */
export function drawQr(ticketCode: string): QrPicture {
  return drawText(writeTicketCode(ticketCode, isTestMode()));
}

/** Of anything that a phone's camera should read as it stands here: an address. */
export function drawText(text: string): QrPicture {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const side = code.size + 2 * QUIET;
  return { viewBox: `${-QUIET} ${-QUIET} ${side} ${side}`, path: outline(code) };
}

/** A square for each dark module. */
function outline(code: Bitmap2D): string {
  const numbers = Array.from({ length: code.size }, (_, index) => index);
  return numbers.flatMap(y => numbers.filter(x => code.get(x, y)).map(x => `M${x} ${y}h1v1h-1z`)).join('');
}
