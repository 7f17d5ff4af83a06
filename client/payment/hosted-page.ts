import { html, nothing, type TemplateResult } from 'lit-html';
import { NETWORK_MARKS } from '../../shared/networks.ts';
import type { PaymentView } from '../../shared/views.ts';
import type { SentenceKey } from '../kit/dictionary.ts';
import type { Words } from '../kit/words.ts';
import type { FrameState } from './hosted-frame.ts';
import type { PayActions, PayingState } from './paying-state.ts';

export const FRAME_SAYS: Partial<Record<FrameState, SentenceKey>> = {
  late: 'hostedMissing',
  blocked: 'hostedMissing',
  back: 'hostedBack',
};

/** The page of the gateway's own, inside ours; null unless one waits for the person. */
export function hostedUrl({ stage, payable: { payment } }: Pick<PayingState, 'stage' | 'payable'>): string | null {
  const url = payment?.redirectUrl ?? '';
  return stage.name === 'hosted_page' && url.startsWith('http') ? url : null;
}

/** What to do there, the page itself, and always the way to it without a frame. */
export function hostedPage(state: PayingState, words: Words, actions: PayActions): TemplateResult | typeof nothing {
  const url = hostedUrl(state);
  const { payment } = state.payable;
  if (!url || !payment) return nothing;
  const { say } = words;
  const gateway = say(`gateway_${payment.gateway}`);
  const says = FRAME_SAYS[state.frame];
  const isGone = state.frame === 'blocked' || state.frame === 'back';
  return html`
    <section class="card grid grid-cols-[minmax(0,1fr)] gap-4" aria-label=${say('hostedPage', { gateway })}>
      ${steps(payment, words)}
      ${says ? html`<p class="problem m-0">${say(says)}</p>` : nothing}
      ${isGone ? nothing : frame(url, say('hostedPage', { gateway }), actions)}
      <p><a class=${isGone ? 'button' : 'button-second'} href=${url} rel="noreferrer">${say('hostedOpen')}</a></p>
    </section>`;
}

function steps({ network, phone }: PaymentView, { say }: Words): TemplateResult {
  const mark = network && NETWORK_MARKS[network];
  const values = { network: mark?.name ?? '', phone: phone ?? '' };
  return html`
    <ol class="steps">
      <li>${say(mark ? 'hostedChoose' : 'hostedChooseAny', values)}</li>
      <li>${say('hostedConfirm', values)}</li>
      <li>${say('hostedPin', values)}</li>
    </ol>`;
}

/** The attribute is written only when it changes: neither the countdown nor news loads the page again. */
function frame(url: string, title: string, actions: PayActions): TemplateResult {
  const loaded = ({ currentTarget }: Event) => actions.frameLoaded(isReadable(currentTarget));
  return html`<iframe class="hosted" src=${url} title=${title} @load=${loaded}></iframe>`;
}

/** Only of a page of ours does the browser tell more than that it is there. */
const isReadable = (frame: unknown) => frame instanceof HTMLIFrameElement && frame.contentDocument !== null;
