// Makes random bodies from a seed, in the form in which the server writes them, and disturbs them without changing their meaning.

/** Random numbers that are the same for the same seed (mulberry32). @param {number} seed */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { next, below, chance: (part) => next() < part, of: (list) => list[below(list.length)] };
}

const words = [
  'linker', 'kernel', 'Tuesday', 'naïve', 'čárka', '日本語', 'שלום', 'مرحبا', '👩‍💻', '🇵🇹', 'e\u0301', '--', '"quoted"', "it's", '<b>', '&amp;', '\\', '   ', '#', '*', '`',
];
const hex = (random, length) => Array.from({ length }, () => random.of([...'0123456789abcdef'])).join('');

export function randomBody(seed) {
  const random = randomFrom(seed);
  let ids = 0;
  const id = () => `${random.of(['b', 'B-', 'x_'])}${seed}-${ids++}`;
  const text = () => Array.from({ length: 1 + random.below(5) }, () => random.of(words)).join(random.of([' ', '', '  ']));

  const label = () => text().trim() || 'Label';

  function marks() {
    const list = [];
    if (random.chance(0.25)) {
      const attrs = { href: random.of(['https://example.org/a?b=c&d=e#f', "http://example.org/it's", 'mailto:desk@example.org', 'HTTPS://EXAMPLE.org']) };
      if (random.chance(0.3)) attrs.title = label();
      if (random.chance(0.1)) attrs.rel = 'author';
      list.push({ type: 'link', attrs });
    }
    for (const type of ['bold', 'italic', 'strike', 'code']) if (random.chance(0.2)) list.push({ type });
    if (random.chance(0.04)) list.push({ type: 'highlight', attrs: { colour: 'yellow' } });
    return list;
  }

  function inlines() {
    const list = [];
    const count = random.below(6);
    for (let i = 0; i < count; i++) {
      if (random.chance(0.12)) list.push({ type: 'hardBreak' });
      else if (random.chance(0.03)) list.push({ type: 'footnoteReference', attrs: { number: random.below(9) } });
      else {
        const mine = marks();
        const last = list.at(-1);
        // Neighbours with the same marks are one text.
        if (last?.type === 'text' && JSON.stringify(last.marks ?? []) === JSON.stringify(mine)) last.text += text();
        else list.push(mine.length > 0 ? { type: 'text', marks: mine, text: text() } : { type: 'text', text: text() });
      }
    }
    return list;
  }

  const others = () => (random.chance(0.05) ? { [random.of(['align', 'data', 'zeta'])]: random.of(['left', 3, { deep: [1, null] }]) } : {});
  const node = (type, attrs, content) => ({
    type,
    attrs: { id: id(), ...attrs, ...others() },
    ...(content?.length > 0 ? { content } : {}),
  });
  const paragraph = () => node('paragraph', {}, inlines());
  const several = (make, least = 1) => Array.from({ length: least + random.below(3) }, make);

  function table() {
    const columns = 1 + random.below(3);
    return node(
      'table',
      {},
      Array.from({ length: 1 + random.below(3) }, (_, row) =>
        node(
          'tableRow',
          {},
          Array.from({ length: columns }, () =>
            node(row === 0 && random.chance(0.7) ? 'tableHeader' : 'tableCell', {
              ...(random.chance(0.1) ? { colspan: 1 + 1 + random.below(3) } : {}),
              ...(random.chance(0.1) ? { rowspan: 2 } : {}),
              ...(random.chance(0.3) ? { align: random.of(['left', 'center', 'right']) } : {}),
            }, several(paragraph)),
          ),
        ),
      ),
    );
  }

  function block(depth) {
    const deep = depth < 4;
    const kinds = ['paragraph', 'paragraph', 'heading', 'codeBlock', 'horizontalRule', 'image', 'embed', 'externalEmbed', 'unknown'];
    if (deep) kinds.push('bulletList', 'orderedList', 'blockquote', 'callout', 'table');
    const item = () => node('listItem', {}, [paragraph(), ...several(() => block(depth + 1), 0)]);
    switch (random.of(kinds)) {
      case 'heading': return node('heading', { level: 2 + random.below(3) }, inlines());
      case 'bulletList': return node('bulletList', {}, several(item));
      case 'orderedList': return node('orderedList', random.chance(0.5) ? { start: random.of([0, 2, 999_999_999]) } : {}, several(item));
      case 'blockquote': return node('blockquote', {}, several(() => block(depth + 1)));
      case 'callout': return node('callout', { tone: random.of(['note', 'tip', 'warning']) }, several(() => block(depth + 1)));
      case 'codeBlock': {
        const code = random.of(['', 'a\tb\n\n  c', '<script>alert(1)</script>', '\n', 'let x = "ü";']);
        return node('codeBlock', random.chance(0.6) ? { language: random.of(['c++', 'csharp', 'objective-c']) } : {}, code ? [{ type: 'text', text: code }] : []);
      }
      case 'horizontalRule': return node('horizontalRule', {});
      case 'image': {
        const decorative = random.chance(0.3);
        return node('image', {
          mediaId: `med_${hex(random, 32)}`,
          alt: decorative || random.chance(0.2) ? '' : label(),
          ...(random.chance(0.5) ? { caption: label() } : {}),
          ...(decorative ? { decorative: true } : {}),
        });
      }
      case 'embed': {
        const kind = random.of(['article', 'tool']);
        return node('embed', { kind, target: `${kind === 'article' ? 'art' : 'tol'}_${hex(random, 32)}` });
      }
      case 'externalEmbed':
        return node('externalEmbed', { url: 'https://www.youtube.com/watch?v=abc', ...(random.chance(0.5) ? { title: label() } : {}) });
      case 'table': return table();
      case 'unknown':
        return random.chance(0.3) ? { type: 'timeline', attrs: { id: id(), from: 1990 }, content: [{ type: 'era', content: [{ type: 'text', text: '' }] }] } : paragraph();
      default: return paragraph();
    }
  }

  const content = several(() => block(0), 0);
  return { type: 'doc', attrs: { schemaVersion: 1 }, ...(content.length > 0 ? { content } : {}) };
}

/** The same body as a client might send it: split texts, empty texts, marks in another order, nulls for values that are not given. */
export function disturb(body, seed) {
  const random = randomFrom(seed);
  const visit = (node) => {
    const copy = { ...node };
    if (copy.attrs && ['codeBlock', 'image', 'externalEmbed'].includes(copy.type)) {
      const silent = { codeBlock: ['language'], image: ['caption'], externalEmbed: ['title'] }[copy.type];
      copy.attrs = { ...copy.attrs };
      for (const name of silent) if (!(name in copy.attrs) && random.chance(0.5)) copy.attrs[name] = null;
    }
    if (copy.attrs && ['tableCell', 'tableHeader'].includes(copy.type)) copy.attrs = { colspan: 1, rowspan: 1, ...(random.chance(0.5) ? { align: null } : {}), ...copy.attrs };
    if (!copy.content || copy.type === 'timeline') return copy;
    copy.content = copy.content.flatMap((child) => {
      if (child.type !== 'text') return [visit(child)];
      const shuffled = child.marks ? { ...child, marks: random.chance(0.5) ? [...child.marks].reverse() : child.marks } : child;
      const middle = Math.floor(child.text.length / 2);
      const isSurrogate = /[\uD800-\uDBFF]$/.test(child.text.slice(0, middle));
      const pieces = !isSurrogate && random.chance(0.4) ? [{ ...shuffled, text: child.text.slice(0, middle) }, { ...shuffled, text: child.text.slice(middle) }] : [shuffled];
      return random.chance(0.2) ? [...pieces, { type: 'text', text: '' }] : pieces;
    });
    return copy;
  };
  return visit(body);
}
