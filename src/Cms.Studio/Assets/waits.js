// Shows that the page waits for an answer: a bar at its top, as while the next page is on its way (pages.js).

let waits = 0;

/** Shows the bar until something has ended. @template T @param {Promise<T>} work @returns {Promise<T>} */
export async function whileWaiting(work) {
  waits++;
  document.documentElement.toggleAttribute('data-waits', true);
  try {
    return await work;
  } finally {
    waits--;
    document.documentElement.toggleAttribute('data-waits', waits > 0);
  }
}
