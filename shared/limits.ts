// How much of something one request may have; apart from the requests themselves, whose schemas no page needs to fetch.

export const PLACES_MAX = 10; // Of one booking.
export const PURPOSE_MAX = 120; // Letters of what a charge is for: it stands on a receipt.
