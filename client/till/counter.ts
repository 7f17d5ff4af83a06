import { systemRandom } from '../../shared/random.ts';
import type { VenueView } from '../../shared/views.ts';
import type { BoardMemory } from '../board/board-memory.ts';
import type { Office } from '../box-office/page.ts';
import type { Customer } from './customer.ts';
import type { Here } from './describe.ts';
import type { TypedField, Way } from './payment-form.ts';
import { Queue } from './queue.ts';
import type { SaleRequests } from './sale-requests.ts';
import { TILL_SENTENCES, type TillWords } from './words.ts';

const FIELD_OF: Record<Way, TypedField | null> = {
  cash: 'given',
  daraja: 'phone',
  pesapal: 'phone',
  card: 'reference',
  paid_before: 'receiptNumber',
  complimentary: 'reason',
  link: null,
};

interface CounterParts {
  office: Office;
  venue: VenueView;
  requests: SaleRequests;
  board: BoardMemory;
  isOver(): boolean;
}

/** What all parts of a till share: its venue and people, and where the cashier's eyes and hands are. */
export class Counter {
  readonly office: Office;
  readonly venue: VenueView;
  readonly requests: SaleRequests;
  readonly board: BoardMemory;
  readonly isOver: () => boolean;
  readonly queue = new Queue(systemRandom);

  constructor({ office, venue, requests, board, isOver }: CounterParts) {
    this.office = office;
    this.venue = venue;
    this.requests = requests;
    this.board = board;
    this.isOver = isOver;
  }

  get customer(): Customer {
    return this.queue.current;
  }

  get words(): TillWords {
    return this.office.wordsOf(TILL_SENTENCES);
  }

  get here(): Here {
    return { now: this.office.clock.now(), timeZone: this.venue.timeZone };
  }

  changed(): void {
    this.office.draw();
  }

  focusField(field: TypedField): void {
    const found = document.getElementById(`pay-${field}`);
    found?.focus();
    if (found instanceof HTMLInputElement) found.select();
  }

  /** Where the next key goes: into what is to be typed, else to whoever listens to keys. */
  focusStage(): void {
    document.getElementById('customer-title')?.scrollIntoView({ block: 'nearest' });
    const { stage, form } = this.customer;
    const field = stage === 'paying' ? FIELD_OF[form.way] : null;
    if (field && canType()) this.focusField(field);
    else if (stage === 'done' || stage === 'waiting') document.getElementById('customer-title')?.focus();
  }
}

/** On a touch screen a focus brings up a keyboard over half of what one wants to see. */
const canType = () => matchMedia('(pointer: fine)').matches;
