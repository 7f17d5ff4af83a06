import { ChargeView } from '../../shared/views.ts';
import { chargeLine } from '../kit/connection.ts';
import { kept } from '../kit/device.ts';
import { type ChargeSentenceKey, WITH_CHARGES } from '../kit/dictionary-of-charges.ts';
import { createFetch } from '../kit/fetch-newest.ts';
import { PayingPage, type Subject } from '../payment/paying-page.ts';
import { stageWords } from '../payment/stage-words.ts';
import { askForCheck, askForPayment } from './ask-charge.ts';
import { chargeStage } from './charge-stage.ts';
import { type ChargePageState, chargeView } from './charge-view.ts';
import { rememberCharge } from './remembered-charges.ts';
import { watchCharge } from './watch-charge.ts';

/** `/charges/:chargeId`: one amount, from the first try to its receipt. */
const charge: Subject<ChargeView, ChargePageState, ChargeSentenceKey> = {
  sentences: WITH_CHARGES,
  unknown: 'chargeUnknown',
  line: chargeLine,
  fetchNewest: createFetch('/charges', ChargeView),
  watch: watchCharge,
  askForPayment,
  askForCheck,
  state: (view, knowing) => ({
    ...knowing,
    charge: view,
    payable: view,
    stage: chargeStage(view, knowing.now),
    timeZone: view.timeZone,
  }),
  said: ({ payable, stage }, words) => stageWords(payable, stage, words),
  body: chargeView,
  shown: view => rememberCharge(kept, view),
};

new PayingPage(charge).start();
