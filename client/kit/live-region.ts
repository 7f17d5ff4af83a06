/** Tells screen readers what changed by itself. The only writer of the page's one live region. */
export function announce(sentence: string): void {
  const region = document.querySelector('#announcement');
  if (region && region.textContent !== sentence) region.textContent = sentence;
}
