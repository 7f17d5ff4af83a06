import * as v from 'valibot';
import {
  CheckAnswer,
  EquationAnswer,
  EquationReceipts,
  type EquationSpan,
  type ExceptionAction,
  ExceptionDetails,
  ExceptionsAnswer,
  type ExceptionView,
  MatchAnswer,
} from '../../shared/office/exceptions.ts';
import type { Approval } from '../../shared/office/people.ts';
import type { OfficeApi } from '../box-office/office-api.ts';
import type { TermAsked } from './equation-view.ts';

/** What somebody has decided, and what they typed. */
export interface Decision {
  action: Exclude<ExceptionAction, 'check'>;
  note: string;
  /** For a match. */
  reference: string;
  /** In whose books money goes back that is nobody's. */
  venueId: number | null;
}

/** What the server can be asked about exceptions. */
export type ExceptionsApi = ReturnType<typeof createExceptionsApi>;

export function createExceptionsApi(api: OfficeApi) {
  return {
    list: () => api.get('/box-office/exceptions', ExceptionsAnswer),
    details: (exceptionId: string) => api.get(`/box-office/exceptions/${exceptionId}`, ExceptionDetails),
    equation: (span: EquationSpan) => api.get(`/box-office/equation?of=${span}`, EquationAnswer),
    receipts({ equation, term }: TermAsked, span: EquationSpan) {
      const { venueId, currency } = equation;
      const venue = venueId === null ? '' : `&venueId=${venueId}`;
      return api.get(
        `/box-office/equation/receipts?of=${span}&currency=${currency}&term=${term}${venue}`,
        EquationReceipts,
      );
    },
    check: ({ paymentId }: ExceptionView) => api.post(`/box-office/payments/${paymentId}/checks`, CheckAnswer),
    match: ({ receiptId }: ExceptionView, reference: string) =>
      api.get(`/box-office/receipts/${receiptId}/matches?reference=${encodeURIComponent(reference)}`, MatchAnswer),
    decide(one: ExceptionView, decision: Decision, approval?: Approval) {
      const { path, body } = requestOf(one, decision);
      return api.post(`/box-office/${path}`, v.object({}), { ...body, ...(approval && { approval }) });
    },
  };
}

/** As the routes have it. */
function requestOf(
  { paymentId, receiptId, refundId, exceptionId }: ExceptionView,
  { action, note, reference, venueId }: Decision,
): { path: string; body: object } {
  const resolved = (as: string, more: object = {}) => ({
    path: `receipts/${receiptId}/resolutions`,
    body: { as, note, ...more },
  });
  switch (action) {
    case 'place':
      return { path: `refunds/${refundId}/placements`, body: { note } };
    case 'apply':
      return resolved('booking');
    case 'match':
      return resolved('match', { reference });
    case 'refund':
      return resolved('refund', venueId === null ? {} : { venueId });
    case 'send':
      return { path: `refunds/${refundId}/requests`, body: {} };
    case 'paid_out':
      return { path: `refunds/${refundId}/closings`, body: { state: 'done', proof: note } };
    case 'not_back':
      return { path: `refunds/${refundId}/closings`, body: { state: 'failed', proof: note } };
    case 'reverse':
      return { path: `receipts/${receiptId}/reversals`, body: { note } };
    case 'close':
      return exceptionId.startsWith('payment-')
        ? { path: `payments/${paymentId}/closings`, body: { note } }
        : resolved('closed');
  }
}
