import { plainHash } from '../../../server/database/vault.ts';
import { Callback } from '../../../server/model/callback.ts';
import type { Em } from '../../../server/model/entities.ts';
import { Payment } from '../../../server/model/payment.ts';

/** Kept for later, as ours is; what it says is read another time. */
export async function storeCallback(em: Em, token: string, body: unknown): Promise<void> {
  const payment = await em.findOneOrFail(Payment, { callbackTokenHash: plainHash(token) });
  em.create(Callback, {
    ...{
      gateway: 'daraja',
      payment,
      state: 'received',
      bodySealed: Buffer.from(JSON.stringify(body)),
      sourceAddress: '127.0.0.1',
    },
    ...{ listed: true, receivedAt: new Date() },
  });
}
