// How blocks without text look in the writing surface: images, and cards for embeds.

/** @typedef {import('../vendor/vendor.js').BodyNode} BodyNode @typedef {import('./surface.js').Surroundings} Surroundings */

/** @param {string} tag @param {string} className @param {string} [text] */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** @param {string} label @param {() => void} act */
export function button(label, act) {
  const made = /** @type {HTMLButtonElement} */ (element('button', 'small', label));
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

/**
 * Blocks without text are drawn by hand, so that a change of their words redraws nothing else.
 * @type {Record<string, (outside: Surroundings, position: () => number) => { dom: HTMLElement, draw(node: BodyNode): void }>}
 */
const drawings = {
  image(outside, position) {
    const dom = element('figure', 'picture');
    const picture = /** @type {HTMLImageElement} */ (dom.appendChild(element('img', '')));
    const caption = dom.appendChild(element('figcaption', ''));
    const edit = dom.appendChild(button('Describe', () => outside.onAsk('image', position())));
    return {
      dom,
      draw({ attrs }) {
        const url = outside.imageUrl(attrs['mediaId']);
        if (url && picture.getAttribute('src') !== url) picture.src = url;
        picture.alt = attrs['alt'];
        const isMissing = !attrs['decorative'] && !attrs['alt'];
        caption.textContent = attrs['caption'] || (isMissing ? 'No alternative text yet' : attrs['decorative'] ? 'Decorative image' : attrs['alt']);
        dom.dataset['missing'] = String(isMissing);
        edit.setAttribute('aria-label', `Describe the image: ${attrs['alt'] || 'no alternative text yet'}`);
      },
    };
  },
  embed(outside) {
    const dom = element('div', 'embed');
    const kind = dom.appendChild(element('small', ''));
    const title = dom.appendChild(element('strong', ''));
    return {
      dom,
      draw({ attrs }) {
        kind.textContent = attrs['kind'] === 'tool' ? 'Tool' : 'Article';
        title.textContent = outside.titleOf(attrs['target']) ?? attrs['target'];
      },
    };
  },
  externalEmbed(outside, position) {
    const dom = element('div', 'embed');
    const host = dom.appendChild(element('small', ''));
    const title = dom.appendChild(element('strong', ''));
    dom.append(button('Change', () => outside.onAsk('external', position())));
    return {
      dom,
      draw({ attrs }) {
        host.textContent = URL.canParse(attrs['url']) ? new URL(attrs['url']).hostname : 'Other site';
        title.textContent = attrs['title'] || attrs['url'];
      },
    };
  },
};

/**
 * An extension for a block, which draws it by hand if it has no text.
 * @param {any} extension @param {Surroundings} outside @param {Set<() => void>} redraws what draws each block again
 */
export function drawn(extension, outside, redraws) {
  const make = drawings[extension.name];
  return !make
    ? extension
    : extension.extend({
        addNodeView: () => (/** @type {{ node: BodyNode, getPos: () => number | undefined }} */ { node, getPos }) => {
          let current = node;
          const { dom, draw } = make(outside, () => getPos() ?? 0);
          const redraw = () => draw(current);
          redraws.add(redraw);
          draw(node);
          return {
            dom,
            update(/** @type {BodyNode} */ next) {
              if (next.type !== current.type) return false;
              current = next;
              draw(next);
              return true;
            },
            stopEvent: (/** @type {Event} */ event) => event.target instanceof HTMLButtonElement,
            ignoreMutation: () => true,
            destroy: () => redraws.delete(redraw),
          };
        },
      });
}
