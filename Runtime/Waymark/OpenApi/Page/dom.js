// Builds elements. Rules of this file: whatever comes from the document or from an answer becomes a text node or an
// attribute that cannot run; markup is never parsed, and no address is taken from data.

export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter(child => (child ?? false) !== false && child !== ''));
  return node;
}

/** Paragraphs, lists, code and emphasis; everything else stays the text that it is. */
export function markdown(text) {
  const out = document.createDocumentFragment();
  String(text).replace(/\r\n?/g, '\n').split(/^```[^\n]*$/m).forEach((part, index) => {
    if (index % 2 === 1) out.append(el('pre', {}, el('code', {}, part.replace(/^\n|\n$/g, ''))));
    else for (const block of part.split(/\n\s*\n/)) appendBlock(out, block);
  });
  return out;
}

function appendBlock(out, block) {
  let open = null;
  for (const line of block.split('\n').filter(text => text.trim() !== '')) {
    const item = /^\s*(?:([-*+])|\d+[.)])\s+(.*)$/.exec(line);
    const tag = item ? (item[1] ? 'ul' : 'ol') : 'p';
    const isContinued = !item && open && (open.tag === 'p' || /^\s/.test(line));
    if (isContinued) {
      open.texts[open.texts.length - 1] += ' ' + line.trim();
      continue;
    }
    if (!open || open.tag !== tag || tag === 'p') {
      close(out, open);
      open = { tag, texts: [] };
    }
    open.texts.push(item ? item[2] : line.trim());
  }
  close(out, open);
}

function close(out, block) {
  if (!block) return;
  out.append(block.tag === 'p'
    ? el('p', {}, inline(block.texts[0]))
    : el(block.tag, {}, block.texts.map(text => el('li', {}, inline(text)))));
}

function inline(text) {
  const nodes = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)/g;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    nodes.push(text.slice(end, match.index));
    if (match[1]) nodes.push(el('code', {}, match[1]));
    else nodes.push(el(match[2] ? 'strong' : 'em', {}, match[2] ?? match[3] ?? match[4]));
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes.filter(node => node !== '');
}

const ColouredCharactersMax = 200_000;

/** A block of code; JSON gets its colours where it is not huge. */
export function code(text, isJson) {
  const block = el('code', {});
  if (!isJson || text.length > ColouredCharactersMax) block.append(text);
  else appendJson(block, text);
  return el('pre', { tabindex: '0' }, block);
}

function appendJson(block, text) {
  const pattern = /("(?:[^"\\]|\\.)*")(?=(\s*:)?)|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    block.append(text.slice(end, match.index));
    block.append(el('span', { class: match[2] ? 'j-name' : match[1] ? 'j-text' : 'j-value' }, match[0]));
    end = match.index + match[0].length;
  }
  block.append(text.slice(end));
}

/** A button that copies; the clipboard needs a secure origin, so an older way stands behind it. */
export function copyButton(label, textOf) {
  const button = el('button', { type: 'button', class: 'quiet', 'aria-label': label, click: copy }, 'Copy');
  async function copy() {
    const text = textOf();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = el('textarea', { class: 'hidden' });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      button.focus();
    }
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  }
  return button;
}
