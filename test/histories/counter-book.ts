import { plainHash } from '../../server/database/vault.ts';
import type { Answer } from './in-memory-http.ts';

/** Notes that a customer put on the counter, and what the cashier heard when they pressed "cash". */
export interface Handed {
  shown: 'nothing' | 'taken' | 'refused';
  /** What was taken of it, in minor units; null while nobody knows. */
  amount: number | null;
  /** It was pressed at the same moment once more, and that press may be answered otherwise. */
  isPressedTwice: boolean;
}

/** What happened outside of every computer: a camera above the counter, and the phones of those who pay by hand. */
export class CounterBook {
  /** By the hash of the key under which it was pressed. */
  readonly handed = new Map<string, Handed>();
  /** By receipt number: whether the gateway's word of it was accepted. */
  readonly loose = new Map<string, 'unheard' | 'confirmed'>();

  hand(key: string): void {
    this.handed.set(plainHash(key), { shown: 'nothing', amount: null, isPressedTwice: false });
  }

  /** Of two presses at once, the other's answer. */
  showTwice(key: string, answer?: Answer | 'cut'): void {
    const notes = this.handed.get(plainHash(key));
    if (notes) notes.isPressedTwice = true;
    if (answer) this.show(key, answer);
  }

  /** The customer gets their change; or their notes back, unless the till has said otherwise. */
  show(key: string, answer: Answer | 'cut'): void {
    const notes = this.handed.get(plainHash(key));
    if (!notes || answer === 'cut' || answer.status >= 500 || notes.shown === 'taken') return;
    const { payment } = (answer.body ?? {}) as { payment?: { amount: { amount: number } } | null };
    notes.shown = answer.status < 300 ? 'taken' : 'refused';
    notes.amount = payment?.amount.amount ?? null;
  }

  confirm(receiptNumber: string): void {
    if (this.loose.has(receiptNumber)) this.loose.set(receiptNumber, 'confirmed');
  }
}
