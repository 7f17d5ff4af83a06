import type { Change } from '../booking/record-change.ts';
import { type Em, query } from '../model/entities.ts';

/** What happens to money that is nobody's yet, where there is no booking, charge or sale in whose trail it could stand. */
export async function recordReceipt(
  em: Em,
  receiptId: number,
  { happening, actor, at, details = {} }: Omit<Change, 'payment'>,
): Promise<void> {
  const line = { at, receipt: receiptId, version: 0, actor, happening, details };
  await query(em).insertInto('audit_entry').values(line).execute();
  await touchReceipt(em, receiptId);
}

/** It was nobody's and is so no longer, or has become so: those who look after such money are told. */
export async function touchReceipt(em: Em, receiptId: number): Promise<void> {
  const row = { topic: 'receipt' as const, subject: String(receiptId), showing: null, version: 0 };
  await query(em).insertInto('outbox').values(row).execute();
}
