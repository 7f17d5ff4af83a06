/** How a prompt can end (Daraja portal, M-Pesa Express, result codes; the last group is reported, not official). */
export const RESULTS = {
  '0': 'The service request is processed successfully.',
  '1': 'The balance is insufficient for the transaction.',
  '2': 'Declined due to limit rule.',
  '3': 'Declined due to limit rule: greater than the maximum transaction amount.',
  '4': 'Declined due to limit rule: would exceed daily transfer limit.',
  '8': 'Declined due to limit rule: would exceed the maximum balance.',
  '17': 'Rule limited.',
  '1019': 'Transaction has expired.',
  '1025': 'An error occurred while sending a push request.',
  '1032': 'Request cancelled by user.',
  '1037': 'DS timeout user cannot be reached.',
  '2001': 'The initiator information is invalid.',
  '2028': 'The request is not permitted according to product assignment.',
  '8006': 'The security credential is locked.',
  SFC_IC0003: 'The operator does not exist.',

  '26': 'System too busy.',
  '1001': 'Unable to lock subscriber, a transaction is already in process for the current subscriber.',
  '1031': 'Request timed out.',
  '1036': 'SMSC ACK timeout.',
  '9999': 'An error occurred while sending a push request.',
  '7777': 'Something that no list mentions.',
} as const;

export type ResultCode = keyof typeof RESULTS;

/** How a reversal can end (Daraja portal, Reversal, result codes). */
export const REVERSAL_RESULTS = {
  '0': 'The service request is processed successfully.',
  '1': 'The balance is insufficient for the transaction.',
  '11': 'The DebitParty is in an invalid state.',
  '21': 'The initiator is not allowed to initiate this request.',
  '2001': 'The initiator information is invalid.',
  '2006': 'Declined due to account rule.',
  '8006': 'The security credential is locked.',
  '7777': 'Something that no list mentions.',
  R000001: 'The transaction has already been reversed.',
  R000002: 'The OriginalTransactionID is invalid.',
} as const;

export type ReversalCode = keyof typeof REVERSAL_RESULTS;
