// The upload of images to the library: by the file dialog and by drop.

uploads();

/** Lets the library take files. */
function uploads() {
  const form = document.querySelector('form[data-upload]');
  if (!(form instanceof HTMLFormElement)) return;
  const input = /** @type {HTMLInputElement | null} */ (form.querySelector('input[type=file]'));
  const list = /** @type {HTMLElement | null} */ (form.querySelector('[data-upload-list]'));
  const done = form.querySelector('[data-upload-done]');
  if (!input || !list || !done) return;

  /** @type {Promise<ReturnType<typeof import('./upload-list.js').uploadsIn>> | null} */
  let loading = null;
  let isBusy = () => false;
  const add = async (/** @type {File[]} */ files) => {
    try {
      loading ??= import('./upload-list.js').then(({ uploadsIn }) => uploadsIn(list, done));
      const uploading = await loading;
      isBusy = uploading.isBusy;
      uploading.add(files);
    } catch {
      loading = null;
      done.textContent = 'The upload could not begin, because the server does not answer. Choose the images again.';
    }
  };

  input.addEventListener('change', () => {
    void add([...(input.files ?? [])]);
    input.value = '';
  });
  form.addEventListener('submit', (event) => event.preventDefault());

  let depth = 0;
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragenter', (event) => {
    if (hasFiles(event)) form.toggleAttribute('data-drop', ++depth > 0);
  });
  document.addEventListener('dragleave', (event) => {
    if (hasFiles(event)) form.toggleAttribute('data-drop', --depth > 0);
  });
  document.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    form.removeAttribute('data-drop');
    void add([...(event.dataTransfer?.files ?? [])]);
    form.scrollIntoView({ block: 'nearest' });
  });
  window.addEventListener('beforeunload', (event) => {
    if (isBusy()) event.preventDefault();
  });
}
