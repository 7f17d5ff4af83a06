import type { Money } from '../../shared/money.ts';
import { OfficeBookingAnswer, SearchAnswer } from '../../shared/office/booking.ts';
import type { Approval } from '../../shared/office/people.ts';
import { ShiftAnswer } from '../../shared/office/shifts.ts';
import {
  type LineRequest,
  SaleAnswer,
  SalesAnswer,
  TakingAnswer,
  type TakingRequest,
} from '../../shared/office/till.ts';
import type { OfficeApi } from '../box-office/office-api.ts';

export type SaleRequests = ReturnType<typeof createSaleRequests>;

/** What a till asks of the server. */
export function createSaleRequests(api: OfficeApi, venueId: number) {
  const sales = '/box-office/sales';
  return {
    sell: (lines: LineRequest[], payment: TakingRequest | null, key: string) =>
      api.post(sales, TakingAnswer, { lines, ...(payment && { payment }) }, key),
    pay: (saleId: string, payment: TakingRequest, key: string) =>
      api.post(`${sales}/${saleId}/payments`, TakingAnswer, payment, key),
    see: (saleId: string) => api.get(`${sales}/${saleId}`, SaleAnswer),
    check: (saleId: string) => api.post(`${sales}/${saleId}/checks`, SaleAnswer),
    abandon: (saleId: string, approval?: Approval) =>
      api.post(`${sales}/${saleId}/abandonments`, SaleAnswer, approval ? { approval } : {}),
    newest: (shiftId: number) => api.get(`${sales}?shift=${shiftId}`, SalesAnswer),
    reprint: (saleId: string, reason: string) => api.post(`${sales}/${saleId}/reprints`, SaleAnswer, { reason }),
    openShift: (float: Money, key: string) => api.post('/box-office/shifts', ShiftAnswer, { venueId, float }, key),
    find: (text: string) =>
      api.get(`/box-office/search?venueId=${venueId}&text=${encodeURIComponent(text)}`, SearchAnswer),
    booking: (bookingId: string) => api.get(`/box-office/bookings/${bookingId}`, OfficeBookingAnswer),
  };
}
