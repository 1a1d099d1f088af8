// A frame with a page of the reader site. A newer version of the page is loaded out of sight and then takes the place of the
// one before, at the same place of the page.

/** How long a page may take. */
const patience = 15_000;

export class Stage {
  /** The frame that is seen. @type {HTMLIFrameElement | null} */
  #shown = null;
  /** The frame that is being loaded. @type {HTMLIFrameElement | null} */
  #next = null;
  #isAsked = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} host
   * @param {string} url the page, which marks itself as a preview
   * @param {{ left: number, top: number }} place how far the page is scrolled; it outlives the stage
   * @param {(isThere: boolean) => void} onEnd the page was loaded, or could not be
   */
  constructor(host, url, place, onEnd) {
    this.host = host;
    this.url = url;
    this.place = place;
    this.onEnd = onEnd;
  }

  /** Loads the page. If it is being loaded, it is loaded once more afterwards. */
  load() {
    if (this.#next) {
      this.#isAsked = true;
      return;
    }
    const frame = document.createElement('iframe');
    frame.title = 'Preview of the article';
    // The page runs no scripts, sends no forms, opens no windows and does not leave its frame. This page can scroll it.
    frame.sandbox.add('allow-same-origin');
    frame.src = this.url;
    frame.inert = true;
    frame.className = 'is-next';
    frame.addEventListener('load', () => this.#end(frame, isPreview(frame)), { once: true });
    this.#timer = setTimeout(() => this.#end(frame, false), patience);
    this.#next = frame;
    this.host.append(frame);
  }

  /** Removes the frames. */
  close() {
    clearTimeout(this.#timer);
    this.#shown = this.#next = null;
    this.host.replaceChildren();
  }

  /** @param {HTMLIFrameElement} frame @param {boolean} isThere */
  #end(frame, isThere) {
    if (frame !== this.#next) {
      return;
    }
    clearTimeout(this.#timer);
    this.#next = null;
    if (isThere) {
      this.#show(frame);
    } else {
      frame.remove();
    }
    this.onEnd(isThere);
    if (this.#isAsked) {
      this.#isAsked = false;
      this.load();
    }
  }

  /** @param {HTMLIFrameElement} frame */
  #show(frame) {
    this.#remember();
    const old = this.#shown;
    const isFocused = old !== null && document.activeElement === old;
    frame.inert = false;
    frame.className = '';
    frame.contentWindow?.scrollTo({ ...this.place, behavior: 'instant' });
    frame.contentDocument?.addEventListener('click', follow);
    frame.contentDocument?.addEventListener('scroll', () => frame === this.#shown && this.#remember());
    // A page that leaves its frame, or that the browser takes out of it, is put back.
    frame.addEventListener('load', () => frame === this.#shown && this.load());
    this.#shown = frame;
    old?.remove();
    if (isFocused) {
      frame.focus();
    }
  }

  #remember() {
    const view = this.#shown?.contentWindow;
    if (view && this.#shown && isPreview(this.#shown)) {
      [this.place.left, this.place.top] = [view.scrollX, view.scrollY];
    }
  }
}

/** Whether a frame shows the preview, and not an error. @param {HTMLIFrameElement} frame */
function isPreview(frame) {
  return frame.contentDocument?.body?.dataset['preview'] === 'draft';
}

/** Links lead out of the preview, in a window of their own. @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a[href]'));
  if (!link || link.getAttribute('href')?.startsWith('#')) {
    return;
  }
  event.preventDefault();
  if (/^https?:$/.test(link.protocol)) {
    window.open(link.href, '_blank', 'noopener');
  }
}
