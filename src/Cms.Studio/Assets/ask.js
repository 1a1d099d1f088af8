// Sends documents to the API. What this needs is loaded with the first document, because most visits to a page send none.

/** @type {import('./editor/api.js').Ask} */
export const ask = async (name, ...variables) => {
  const [{ connect }, { operations }, { whileWaiting }] = await Promise.all([
    import('./editor/api.js'),
    import('./operations.js'),
    import('./waits.js'),
  ]);
  return whileWaiting(connect(operations, (url, init) => fetch(url, init))(name, ...variables));
};
