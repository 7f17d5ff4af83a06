import type { BookingView } from '../../shared/views.ts';
import type { PayingState } from '../payment/paying-state.ts';
import type { Stage, StageName } from './booking-stage.ts';

export interface QrPicture {
  viewBox: string;
  path: string;
}

export interface BookingPageState extends PayingState<StageName> {
  booking: BookingView;
  stage: Stage;
  /** By ticket code, as far as they are drawn. */
  qrPictures: ReadonlyMap<string, QrPicture>;
}
