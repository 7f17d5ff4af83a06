import { boardEvents } from './board/see-board.ts';
import { doorEvents } from './door/tell-door.ts';
import type { Parts } from './parts.ts';
import type { OfficeEvent } from './realtime/office.ts';

/** Everything that pages of the box office may ask by socket. */
export function officeEvents(parts: Parts): OfficeEvent[] {
  return [...boardEvents(parts), ...doorEvents(parts)];
}
