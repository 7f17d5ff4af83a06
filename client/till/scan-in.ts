import { readScanned } from './scanned.ts';
import type { Till } from './till.ts';

/** What a scanner read becomes a line, brings back whoever waits with it, or is a receipt that pays. */
export async function scanIn(code: string, till: Till): Promise<void> {
  const { counter } = till;
  const { office, queue, requests, words } = counter;
  till.found = null;
  const scanned = await readScanned(code, requests);
  switch (scanned.what) {
    case 'booking': {
      const waiting = queue.holding(scanned.line.bookingId);
      if (waiting) return till.bring(waiting);
      if (counter.customer.sale || counter.customer.asking) queue.next();
      counter.customer.basket.add(scanned.line);
      break;
    }
    case 'closed': {
      const sentence = words.say(scanned.isPaid ? 'alreadyPaid' : 'notHeld', { reference: scanned.reference });
      till.found = { sentence, bookingId: scanned.bookingId };
      break;
    }
    case 'receipt':
      payByReceipt(scanned.number, till);
      break;
    case 'nothing':
      till.found = { sentence: words.say('nothingFits', { code }), bookingId: null };
      break;
    case 'trouble':
      till.found = { sentence: office.sentence(scanned.trouble), bookingId: null };
  }
  if (till.found) office.say(till.found.sentence);
  if (scanned.what === 'nothing' || scanned.what === 'trouble') office.ring('bad');
  counter.changed();
}

/** Somebody has paid to our number before: for what is in the basket, or for what will be. */
function payByReceipt(receiptNumber: string, till: Till) {
  const { counter, paying } = till;
  if (counter.customer.stage === 'done' || counter.customer.stage === 'over') counter.queue.next();
  const { customer } = counter;
  customer.form.receiptNumber = receiptNumber;
  customer.form.way = 'paid_before';
  if (customer.stage === 'paying' || !customer.basket.isEmpty) return paying.openPanel();
  if (customer.stage === 'waiting') return paying.payOtherwise();
  till.found = { sentence: counter.words.say('chooseFirst', { number: receiptNumber }), bookingId: null };
}
