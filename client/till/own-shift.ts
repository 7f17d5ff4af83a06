import type { ShiftView } from '../../shared/office/shifts.ts';
import { randomHex, systemRandom } from '../../shared/random.ts';
import type { Office } from '../box-office/page.ts';
import { readAmount } from '../charge/charge-form.ts';
import type { SaleRequests } from './sale-requests.ts';
import { TILL_SENTENCES } from './words.ts';

/** The shift in which its person sells, and the beginning of one. */
export class OwnShift {
  readonly #office: Office;
  readonly #requests: SaleRequests;
  #shift: ShiftView | null | undefined;
  #key = randomHex(systemRandom);
  problem = '';

  constructor(office: Office, requests: SaleRequests) {
    this.#office = office;
    this.#requests = requests;
  }

  /** Undefined until the server has said. */
  get shift(): ShiftView | null | undefined {
    return this.#shift;
  }

  hear(shift: ShiftView | null): void {
    this.#shift = shift;
  }

  /** Of those that change at this venue, one's own. */
  hearChange(shift: ShiftView): void {
    if (shift.cashier !== this.#office.staff.name) return;
    if (shift.state === 'open') this.#shift = shift;
    else if (shift.shiftId === this.#shift?.shiftId) this.#shift = null;
  }

  async open(typed: string): Promise<void> {
    const { venue } = this.#office;
    const float = readAmount(typed);
    this.problem = float === null ? this.#office.wordsOf(TILL_SENTENCES).say('floatWrong') : '';
    if (float !== null && venue) {
      const answer = await this.#requests.openShift({ amount: float, currency: venue.currency }, this.#key);
      if ('trouble' in answer) this.problem = this.#office.sentence(answer.trouble);
      else {
        this.#shift = answer.value.shift;
        this.#key = randomHex(systemRandom);
      }
    }
    this.#office.draw();
  }
}
