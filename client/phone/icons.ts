import { html, svg } from 'lit-html';

export const signalIcon = html`
  <svg viewBox="0 0 18 12" class="h-3 w-4.5 fill-current" aria-hidden="true">
    ${[0, 1, 2, 3].map(
      bar => svg`<rect x=${bar * 4.8} y=${8 - bar * 2.6} width="3.2" height=${4 + bar * 2.6} rx="1"></rect>`,
    )}
  </svg>
`;

export const batteryIcon = html`
  <svg viewBox="0 0 26 12" class="h-3 w-6.5 fill-current" aria-hidden="true">
    <rect x="0.5" y="0.5" width="22" height="11" rx="3.2" fill="none" stroke="currentColor"></rect>
    <rect x="2" y="2" width="15" height="8" rx="2"></rect>
    <rect x="24" y="4" width="1.8" height="4" rx="0.9"></rect>
  </svg>
`;

export const backspaceIcon = html`
  <svg viewBox="0 0 24 24" class="h-6 w-6" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">
    <path d="M8.5 5h11a1.5 1.5 0 0 1 1.5 1.5v11a1.5 1.5 0 0 1-1.5 1.5h-11L2.5 12z"></path>
    <path d="m11 9.5 5 5m0-5-5 5"></path>
  </svg>
`;

/** Points down once its details are open. */
export const chevronIcon = html`
  <svg
    viewBox="0 0 12 12"
    class="h-3 w-3 shrink-0 transition group-open:rotate-90"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    aria-hidden="true"
  >
    <path d="m4 1.5 4.5 4.5L4 10.5"></path>
  </svg>
`;

export const powerIcon = html`
  <svg viewBox="0 0 24 24" class="h-10 w-10" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true">
    <path d="M12 3v8M6.5 6.5a8 8 0 1 0 11 0" stroke-linecap="round"></path>
  </svg>
`;
