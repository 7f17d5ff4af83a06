const READ = /^(test)?([0-9a-f]{32})$/;

/**
 * What stands in a ticket's QR code. One of test mode is recognised by its look, also where its code means nothing. In small
 * letters: a handheld scanner types capitals with Shift.
 */
export function writeTicketCode(ticketCode: string, isTest: boolean): string {
  return isTest ? `test${ticketCode}` : ticketCode;
}

/** What was scanned or typed, as a ticket's code; null when it cannot be one. People put spaces, scanners may shout. */
export function readTicketCode(scanned: string): { ticketCode: string; isTest: boolean } | null {
  const [, test, ticketCode] = READ.exec(scanned.replace(/[\s-]/g, '').toLowerCase()) ?? [];
  return ticketCode === undefined ? null : { ticketCode, isTest: test !== undefined };
}
