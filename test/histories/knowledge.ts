import type { Debit } from '../../server/simulator/ledger.ts';

/** What the oracle knows of the messages about one payment, by its account reference. */
export interface Knowledge {
  /** Somebody still is on the way with the truth, so that wrong beliefs are allowed for now. */
  isUnderWay(reference: string): boolean;
  /** A message told another amount than was taken. */
  wasMisquoted(reference: string): boolean;
  /** Its callback carried the receipt number of another payment, which nobody can know. */
  wasMisnumbered(reference: string): boolean;
  /** The gateway has the money, and tells whoever asks that it has not. */
  isDenied(reference: string): boolean;
  /** A statement that tells of this money may still come. */
  mayBeTold(debit: Debit): boolean;
  /** It was paid by hand, without our asking: nobody knows of it before the gateway's word of it is heard. */
  isLoose(receiptNumber: string): boolean;
  /** That word was accepted. */
  isConfirmed(receiptNumber: string): boolean;
}

const NO = () => false;

/** Nobody lied, and nobody is still on the way. */
export const HONEST: Knowledge = {
  isUnderWay: NO,
  wasMisquoted: NO,
  wasMisnumbered: NO,
  isDenied: NO,
  mayBeTold: NO,
  isLoose: NO,
  isConfirmed: NO,
};
