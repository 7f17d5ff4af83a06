import type { Network } from '../../shared/networks.ts';
import type { GatewayName } from '../../shared/views.ts';
import type { Trouble } from '../kit/api.ts';
import type { FrameState } from './hosted-frame.ts';
import type { Payable, Stage } from './payment-stage.ts';

/** What stands in the form that pays. The fields themselves belong to the browser; this follows them. */
export interface PayForm {
  phone: string;
  phoneWasLeft: boolean;
  /** Chosen by hand: from then on no number changes it. */
  network: Network | null;
  /** Whether the form was sent once: what is missing is said from then on. */
  wasTried: boolean;
  /** Through which gateway a payment is just being asked for. */
  asking: GatewayName | null;
}

/** A page on which something is paid for. */
export interface PayingState<Name extends string = string> {
  payable: Payable;
  stage: Stage<Name>;
  form: PayForm;
  /** What the server said to the last thing that was tried; null when it went well. */
  trouble: Trouble | null;
  check: 'possible' | 'asking' | 'asked';
  frame: FrameState;
  /** Since when nothing was heard; null while all is well. */
  silentSince: Date | null;
  timeZone: string;
  now: Date;
}

export interface PayActions {
  typePhone(phone: string): void;
  leavePhone(): void;
  chooseNetwork(network: Network): void;
  pay(form: Element, gateway: GatewayName): Promise<void>;
  checkNow(): Promise<void>;
  /** Something stands in the frame now: the gateway's page, or one of ours. */
  frameLoaded(isOurs: boolean): void;
}
