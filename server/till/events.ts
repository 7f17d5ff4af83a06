import { TillWatch } from '../../shared/office/shifts.ts';
import type { Em } from '../model/entities.ts';
import { type Parts, seeingNow } from '../parts.ts';
import { type OfficeEvent, officeEvent } from '../realtime/office.ts';
import { readLive } from './find-shift.ts';
import { readOpenSales } from './list-sales.ts';
import { seeSale } from './sale-view.ts';
import { seeShift } from './shift-view.ts';

/** A till asks once, and is then told of every sale and shift of its venue that changes. */
export function tillEvents(parts: Parts): OfficeEvent[] {
  const watch = officeEvent('till:watch', 'cashier', TillWatch, async ({ venueId }, seat) => {
    await seat.join(venueId);
    const em = parts.database.read();
    const shift = await readLive(em, seat.person.staffId);
    return {
      sales: await readOpenSales(em, venueId, seeingSales(parts)),
      shift: shift ? ((await seeShift(em, shift.id, parts.clock.now())) ?? null) : null,
    };
  });
  return [watch];
}

/** What the relay tells the box office of a venue. A shift tells nothing of its money: cashiers listen, too. */
export function tellTill(parts: Parts): Record<'sale' | 'shift', (em: Em, id: string) => Promise<void>> {
  return {
    async sale(em, id) {
      const sale = await seeSale(em, id, seeingSales(parts));
      if (sale) parts.office.to(sale.venueId).emit('sale:changed', sale);
    },
    async shift(em, id) {
      const shift = await seeShift(em, Number(id), parts.clock.now());
      if (shift) parts.office.to(shift.venueId).emit('shift:changed', shift);
    },
  };
}

export function seeingSales(parts: Parts) {
  return { ...seeingNow(parts), publicUrl: parts.config.publicUrl };
}
