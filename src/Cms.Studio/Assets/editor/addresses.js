// Addresses that links and embeds may have: the rules of the server, so that people hear of a problem while they type.

const longest = 2_048;
// Browsers ignore tabs and newlines inside a scheme and read \ as /. The others are spaces or cannot be seen.
const forbidden = /[\u0000-\u0020\u007F-\u00A0"<>\\`{}\u00AD\u061C\u180E\u1680\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\uFEFF\uFFFC-\uFFFF]/;
// A user name before the host can look like the host: https://bank.example@evil.example.
const web = /^https?:\/\/(?![:.])[^@%&/?#]+([/?#]|$)/i;
const mail = /^mailto:[^?]+@[^?@]+(\?|$)/i;

/** Whether a text is an https, http or mailto address. @param {string} text */
export const isAddress = (text) => text.length <= longest && !forbidden.test(text) && (web.test(text) || mail.test(text));

/**
 * The address that somebody meant: `example.org` becomes `https://example.org`, and a mail address becomes a mailto address.
 * @param {string} typed
 * @returns {string | null} null if it is no address
 */
export function addressOf(typed) {
  const text = typed.trim();
  const full = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]*:\d/.test(text)
    ? text
    : /^[^\s@/]+@[^\s@/]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
  if (isAddress(full) && (text === full || text.includes('.') || text.includes('localhost'))) {
    return full;
  }
  const encoded = full.replace(/[ "<>`{}]/g, (character) => encodeURIComponent(character));
  return encoded !== full && text.includes('.') && /^(https?|mailto):/i.test(encoded) && isAddress(encoded) ? encoded : null;
}

/**
 * Whether a text can be the address of an external embed: https, a host name, and neither a user name nor a port.
 * @param {string} text
 */
export function isEmbedAddress(text) {
  if (!isAddress(text) || !/^https:\/\//i.test(text)) {
    return false;
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && url.port === '' && !/^https:\/\/[^/?#]*:/i.test(text) && /\.[a-z][^.]*$/i.test(url.hostname);
}
