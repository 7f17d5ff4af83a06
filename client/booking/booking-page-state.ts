import type { BookingView, GatewayName, VenueView } from '../../shared/views.ts';
import type { Trouble } from '../kit/api.ts';
import type { Stage } from './booking-stage.ts';

/** What stands in the form that pays. The field itself belongs to the browser; this follows it. */
export interface PayForm {
  phone: string;
  phoneWasLeft: boolean;
  /** Through which gateway a payment is just being asked for. */
  asking: GatewayName | null;
}

export interface QrPicture {
  viewBox: string;
  path: string;
}

export interface BookingPageState {
  booking: BookingView;
  stage: Stage;
  venue: VenueView | undefined;
  form: PayForm;
  /** What the server said to the last thing that was tried; null when it went well. */
  trouble: Trouble | null;
  check: 'possible' | 'asking' | 'asked';
  /** Since when nothing was heard; null while all is well. */
  silentSince: Date | null;
  posterUrl: string | null;
  /** By ticket code, as far as they are drawn. */
  qrPictures: ReadonlyMap<string, QrPicture>;
  now: Date;
}
export interface BookingActions {
  typePhone(phone: string): void;
  leavePhone(): void;
  pay(form: Element, gateway: GatewayName): Promise<void>;
  checkNow(): Promise<void>;
  askToCancel(): void;
  cancel(): Promise<void>;
}
