import { MoveTargets, OfficeBookingAnswer } from '../../shared/office/booking.ts';
import type { Approval } from '../../shared/office/people.ts';
import { randomHex, systemRandom } from '../../shared/random.ts';
import type { OfficeApi } from '../box-office/office-api.ts';
import type { ActionRequest } from './action-dialog.ts';

/** What the server can be asked about one booking. */
export type BookingApi = ReturnType<typeof createBookingApi>;

/** As the routes call it. */
const THINGS: Record<ActionRequest['action'], string> = {
  reprint: 'reprints',
  move: 'moves',
  cancel: 'cancellations',
  refund: 'refunds',
};

export function createBookingApi(api: OfficeApi, bookingId: string) {
  const path = `/box-office/bookings/${bookingId}`;
  /** One for each time that the prompt is really meant: a lost answer sends no second one. */
  let resendKey = randomHex(systemRandom);
  return {
    see: () => api.get(path, OfficeBookingAnswer),
    targets: () => api.get(`${path}/moves`, MoveTargets),
    async resend() {
      const answer = await api.post(`${path}/payments`, OfficeBookingAnswer, undefined, resendKey);
      if ('value' in answer || answer.trouble.code !== 'no_answer') resendKey = randomHex(systemRandom);
      return answer;
    },
    mail: () => api.post(`${path}/mails`, OfficeBookingAnswer),
    decide({ action, note, showingId }: ActionRequest, approval?: Approval) {
      const body = { note, ...(showingId !== null && { showingId }), ...(approval && { approval }) };
      return api.post(`${path}/${THINGS[action]}`, OfficeBookingAnswer, body);
    },
  };
}
