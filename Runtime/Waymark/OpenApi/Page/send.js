// The form that sends a request, the same request as a curl command, and its answer.
// Rules of this file: requests go to this origin only (the page's policy says so too); secrets stay in memory.
import { el, code, copyButton } from './dom.js';
import { view, label, example, resolve, isFile } from './schema.js';

const secrets = new Map();
const ImageBytesMax = 5_000_000;
const ShownCharactersMax = 1_000_000;

/** What the fields say as one request: url, method, headers, body, and the parameters that are missing. */
export function sender(operation, base) {
  const { method, path, parameters, body, schemes } = operation;
  const inputs = parameters.map(parameter => parameterInput(parameter));
  const auth = schemes.map(scheme => authInput(scheme));
  const content = body ? bodyInput(body) : null;
  const curl = el('code', {});
  const answer = el('div', { class: 'answer', 'aria-live': 'polite' });
  const button = el('button', { type: 'submit', class: 'send' }, 'Send');
  const url = new URL(base(), location.href);
  const reason = url.origin !== location.origin ? `Requests go to ${location.origin} only; use curl for ${url.origin}.`
    : method === 'TRACE' ? 'Browsers do not send TRACE; use curl.' : '';
  if (reason) button.disabled = true;

  const form = el('form', {
    class: 'try', novalidate: true, 'aria-label': `Send ${method} ${path}`,
    submit, input: refresh, change: refresh, keydown,
  },
    el('h4', {}, 'Try it'),
    auth.map(input => input.node), inputs.map(input => input.node), content?.node,
    el('div', { class: 'actions' }, button, reason && el('span', { class: 'aside' }, reason)),
    el('div', { class: 'curl' },
      el('div', { class: 'bar' }, el('span', {}, 'curl'), copyButton('Copy the curl command', () => curl.textContent)),
      el('pre', { tabindex: '0' }, curl)),
    answer);

  function build() {
    const request = { method, path, query: [], headers: [], cookies: [], body: content?.read(), missing: null };
    if (content?.type() && ['text', 'file', 'pairs'].includes(request.body?.kind))
      request.headers.push(['Content-Type', content.type()]);
    for (const input of inputs) input.apply(request);
    for (const input of auth) input.apply(request);
    const query = request.query.map(pair => pair.join('=')).join('&');
    const start = new URL(base(), location.href).href.replace(/\/$/, '');
    request.url = new URL(start + request.path + (query && `?${query}`)).href;
    return request;
  }

  function refresh() { curl.textContent = curlOf(build()); }

  function keydown(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !button.disabled) form.requestSubmit();
  }

  async function submit(event) {
    event.preventDefault();
    const request = build();
    for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
    if (request.missing) {
      request.missing.setAttribute('aria-invalid', 'true');
      request.missing.focus();
      answer.replaceChildren(
        el('p', { class: 'notice' }, 'The path needs this parameter: without it, it is another path.'));
      return;
    }
    const stop = new AbortController();
    const cancel = el('button', { type: 'button', class: 'quiet', click: () => stop.abort() }, 'Cancel');
    answer.replaceChildren(el('p', { class: 'notice' }, 'Waiting … ', cancel));
    button.disabled = true;
    try {
      await exchange(request, answer, stop, cancel);
    } catch (error) {
      const reason = stop.signal.aborted ? 'Cancelled.' : `No answer: ${error.message}`;
      answer.append(el('p', { class: 'notice bad' }, reason));
    } finally {
      cancel.remove();
      button.disabled = false;
    }
  }

  window.addEventListener('secret', refresh);
  refresh();
  return form;
}

async function exchange(request, answer, stop, cancel) {
  const start = performance.now();
  // A page cannot send Cookie itself: the browser gets each for the time of this request.
  const setCookies = seconds => request.cookies.forEach(([name, value]) => {
    document.cookie = `${name}=${value}; path=/; max-age=${seconds}; samesite=strict`;
  });
  setCookies(60);
  const response = await fetch(request.url, {
    method: request.method, headers: request.headers, body: bodyOf(request.body), signal: stop.signal,
    cache: 'no-store',
  }).finally(() => setCookies(0));
  const time = el('span', {}, `${Math.round(performance.now() - start)} ms`);
  const size = el('span', {}, '…');
  const headers = [...response.headers];
  const shown = el('div', { class: 'payload' });
  answer.replaceChildren(
    el('p', { class: 'result' },
      el('strong', { class: `status s${String(response.status)[0]}` }, `${response.status} ${response.statusText}`),
      time, size,
      response.redirected && el('span', {}, `redirected to ${response.url}`), cancel),
    el('details', { class: 'more' }, el('summary', {}, `${headers.length} headers`),
      el('table', { class: 'headers' }, headers.map(([name, value]) =>
        el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, value))))),
    shown);
  await show(response, shown, size);
  time.textContent = `${Math.round(performance.now() - start)} ms`;
}

async function show(response, shown, size) {
  const type = response.headers.get('content-type') ?? '';
  const isJson = /[/+]json\b/i.test(type);
  const isText = isJson || type === '' || /^text\/|xml|javascript|yaml|x-www-form-urlencoded/i.test(type);
  if (!isText || /^image\//i.test(type)) return showBinary(response, shown, size, type);
  const decoder = new TextDecoder();
  const live = el('code', {});
  let text = '', bytes = 0;
  shown.replaceChildren(el('pre', { tabindex: '0' }, live));
  for (const reader = response.body?.getReader(); reader;) {
    const { done, value } = await reader.read();
    const piece = decoder.decode(value, { stream: !done });
    bytes += value?.length ?? 0;
    text += piece;
    if (text.length <= ShownCharactersMax) live.append(piece);
    size.textContent = sizeOf(bytes);
    if (done) break;
  }
  size.textContent = sizeOf(bytes);
  if (bytes === 0) return shown.replaceChildren(el('p', { class: 'aside' }, 'The answer has no body.'));
  const pretty = isJson ? indented(text) : text;
  const bar = el('div', { class: 'bar' },
    el('span', {}, type || 'no Content-Type'), copyButton('Copy the body', () => pretty));
  const rest = pretty.length > ShownCharactersMax
    && el('p', { class: 'aside' }, `The first ${ShownCharactersMax} characters; Copy takes all.`);
  shown.replaceChildren(
    el('div', { class: 'curl' }, bar, code(pretty.slice(0, ShownCharactersMax), isJson)), rest || '');
}

async function showBinary(response, shown, size, type) {
  const blob = await response.blob();
  size.textContent = sizeOf(blob.size);
  if (blob.size === 0) return shown.replaceChildren(el('p', { class: 'aside' }, 'The answer has no body.'));
  if (/^image\//i.test(type) && blob.size <= ImageBytesMax)
    shown.append(el('img', { src: await dataUrl(blob), alt: 'The answer' }));
  const name = /filename="?([^";]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'answer';
  shown.append(el('p', {}, el('a', { href: URL.createObjectURL(blob), download: name }, `Save ${name}`), ` (${type})`));
}

const dataUrl = blob => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(blob);
});

// Numbers that JavaScript cannot hold would change on the way, so such a text is left as it came.
function indented(text) {
  if (/(?<![\w".])-?\d{16,}/.test(text)) return text;
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

const sizeOf = bytes => bytes < 1024 ? `${bytes} B`
  : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1048576).toFixed(1)} MiB`;

let labelled = 0;

function labelledField(name, hint, isRequired, input) {
  input.id ||= `field-${++labelled}`;
  return el('div', { class: 'input' },
    el('label', { for: input.id },
      el('code', {}, name), isRequired && el('span', { class: 'mark required' }, 'required'),
      el('span', { class: 'hint' }, hint)),
    input);
}

function inputFor(schema, isRequired, given) {
  const it = view(schema ?? {});
  const item = it.types[0] === 'array' ? view(it.items ?? {}) : it;
  const sample = given ?? example(schema ?? {}, 'request');
  if (isFile(item)) return el('input', { type: 'file', multiple: item !== it });
  const values = it.enum ?? (it.types[0] === 'boolean' ? [true, false] : null);
  if (values) {
    return el('select', {}, !isRequired && el('option', { value: '' }, '–'),
      values.map(value => el('option', { value: text(value), selected: isRequired && value === sample }, text(value))));
  }
  const isLong = it.types[0] === 'array' || it.types[0] === 'object' || it.variants.length > 0;
  const lines = it.types[0] === 'array' && Array.isArray(sample) ? sample : sample === undefined ? [] : [sample];
  const shown = lines.map(text).join('\n');
  const input = isLong
    ? el('textarea', { rows: '2', spellcheck: 'false', placeholder: shown })
    : el('input', {
      type: it.format === 'password' ? 'password' : 'text', autocomplete: 'off', spellcheck: 'false',
      placeholder: shown, inputmode: it.types[0] === 'integer' ? 'numeric' : undefined });
  if (isRequired) input.value = shown;
  return input;
}

const text = value => typeof value === 'string' ? value : JSON.stringify(value);

function parameterInput(parameter) {
  const { name, in: place, required } = parameter;
  const media = parameter.content ? Object.values(parameter.content)[0] : null;
  const schema = parameter.schema ?? media?.schema ?? { type: 'string' };
  const it = view(schema);
  const given = parameter.example ?? resolve(Object.values(parameter.examples ?? {})[0])?.value ?? media?.example;
  const input = inputFor(schema, required || place === 'path', given);
  const kind = it.types[0] === 'array' ? `${place}, one a line` : place;
  return { node: labelledField(name, kind, required, input), apply };

  function apply(request) {
    const raw = input.value;
    if (place === 'path') {
      if (raw === '') request.missing ??= input;
      const values = it.types[0] === 'array' ? raw.split('\n') : [raw];
      // A rest of a path keeps its slashes where the document allows them (allowReserved).
      const encoded = values.map(encodeURIComponent).join(',');
      request.path = request.path.replaceAll(`{${name}}`,
        () => parameter.allowReserved ? encoded.replaceAll('%2F', '/') : encoded);
    } else if (raw !== '') {
      const pairs = media ? [[name, raw]] : pairsOf(parameter, it, raw);
      const comma = parameter.explode === false ? ',' : '%2C';
      if (place === 'query') request.query.push(...pairs.map(([key, value]) =>
        [encodeURIComponent(key), encodeURIComponent(value).replaceAll('%2C', comma)]));
      else if (place === 'header') request.headers.push([name, pairs.map(pair => pair[1]).join(',')]);
      else request.cookies.push([name, pairs.map(pair => encodeURIComponent(pair[1])).join(',')]);
    }
  }
}

function pairsOf(parameter, it, raw) {
  const { name, in: place, style = 'form', explode = style === 'form' } = parameter;
  if (it.types[0] === 'array') {
    const values = raw.split('\n').filter(value => value !== '');
    const separator = { spaceDelimited: ' ', pipeDelimited: '|' }[style] ?? ',';
    return explode || place !== 'query' ? values.map(value => [name, value]) : [[name, values.join(separator)]];
  }
  if (it.types[0] !== 'object') return [[name, raw]];
  let members;
  try { members = Object.entries(JSON.parse(raw)); } catch { return [[name, raw]]; }
  if (style === 'deepObject') return members.map(([key, value]) => [`${name}[${key}]`, text(value)]);
  return explode && place === 'query'
    ? members.map(([key, value]) => [key, text(value)]) : [[name, members.flat().map(text).join(',')]];
}

function authInput({ name, scheme }) {
  const isBasic = scheme.type === 'http' && scheme.scheme?.toLowerCase() === 'basic';
  const isKey = scheme.type === 'apiKey';
  const isHttp = scheme.type === 'http';
  const hint = isBasic ? 'user:password' : isKey ? `${scheme.in} ${scheme.name}`
    : isHttp ? `${scheme.scheme} token` : 'access token';
  const word = isHttp && scheme.scheme?.toLowerCase() !== 'bearer' ? scheme.scheme : 'Bearer';
  const input = el('input', { type: 'password', autocomplete: 'off', placeholder: hint, input: change });
  input.value = secrets.get(name) ?? '';
  window.addEventListener('secret', event => {
    if (event.detail === name && document.activeElement !== input) input.value = secrets.get(name);
  });
  function change() {
    secrets.set(name, input.value);
    window.dispatchEvent(new CustomEvent('secret', { detail: name }));
  }
  const node = labelledField(name, hint, false, input);
  node.classList.add('auth');
  return { node, apply };

  function apply(request) {
    const value = input.value;
    if (value === '') return;
    if (isBasic) request.headers.push(['Authorization', `Basic ${base64(value)}`]);
    else if (!isKey) request.headers.push(['Authorization', `${word} ${value}`]);
    else if (scheme.in === 'query') request.query.push([encodeURIComponent(scheme.name), encodeURIComponent(value)]);
    else if (scheme.in === 'cookie') request.cookies.push([scheme.name, encodeURIComponent(value)]);
    else request.headers.push([scheme.name, value]);
  }
}

const base64 = value => btoa(Array.from(new TextEncoder().encode(value), octet => String.fromCharCode(octet)).join(''));

function bodyInput(body) {
  const types = Object.keys(body.content ?? {});
  const select = el('select', { 'aria-label': 'Content-Type of the body', change: choose },
    types.map(type => el('option', {}, type)));
  const place = el('div', {});
  const node = el('fieldset', { class: 'body' },
    el('legend', {}, 'Body ', types.length > 1 ? select : el('code', {}, types[0] ?? '')), place);
  let current;
  function choose() {
    const media = resolve(body.content?.[select.value]) ?? {};
    current = /^multipart\/|x-www-form-urlencoded/i.test(select.value) ? partsEditor(media, select.value)
      : /json|^text\/|xml|yaml/i.test(select.value) ? textEditor(media, /json/i.test(select.value))
      : fileEditor();
    place.replaceChildren(current.node);
  }
  choose();
  return { node, type: () => select.value, read: () => current.read() };
}

export function exampleOf(media, direction) {
  const given = media.example ?? resolve(Object.values(media.examples ?? {})[0])?.value;
  return given ?? example(media.schema ?? {}, direction);
}

function textEditor(media, isJson) {
  const sample = exampleOf(media, 'request');
  const value = isJson ? JSON.stringify(sample ?? null, null, 2) : sample === undefined ? '' : text(sample);
  const rows = String(Math.min(16, value.split('\n').length + 1));
  const area = el('textarea', { class: 'editor', spellcheck: 'false', 'aria-label': 'Body', rows, input: check });
  const note = el('p', { class: 'aside', role: 'status' });
  area.value = value;
  function check() {
    note.textContent = '';
    if (!isJson || area.value === '') return;
    try { JSON.parse(area.value); } catch (error) { note.textContent = `Not JSON yet: ${error.message}`; }
  }
  const read = () => area.value === '' ? undefined : { kind: 'text', text: area.value };
  return { node: el('div', {}, area, note), read };
}

function fileEditor() {
  const input = el('input', { type: 'file', 'aria-label': 'Body from a file' });
  return { node: input, read: () => input.files.length > 0 ? { kind: 'file', file: input.files[0] } : undefined };
}

function partsEditor(media, type) {
  const it = view(media.schema ?? {});
  const parts = Object.entries(it.properties).filter(([, schema]) => !view(schema).readOnly).map(([name, schema]) => {
    const input = inputFor(schema, it.required.has(name));
    const isRequired = it.required.has(name);
    const isArray = view(schema).types[0] === 'array';
    return { name, input, isArray, node: labelledField(name, label(view(schema)), isRequired, input) };
  });
  function read() {
    const values = [];
    for (const { name, input, isArray } of parts) {
      if (input.type === 'file') for (const file of input.files) values.push([name, file]);
      else if (input.value !== '')
        for (const value of isArray ? input.value.split('\n') : [input.value]) values.push([name, value]);
    }
    return { kind: /^multipart/i.test(type) ? 'form' : 'pairs', values };
  }
  return { node: el('div', {}, parts.map(part => part.node)), read };
}

function bodyOf(body) {
  if (!body) return undefined;
  if (body.kind === 'text') return body.text;
  if (body.kind === 'file') return body.file;
  const form = body.kind === 'form' ? new FormData() : new URLSearchParams();
  for (const [name, value] of body.values) form.append(name, value);
  return form;
}

const quoted = value => `'${value.replaceAll("'", "'\\''")}'`;

/** The request as a command for sh. */
export function curlOf(request) {
  const lines = [request.method === 'HEAD' ? `curl -I ${quoted(request.url)}`
    : request.method === 'GET' ? `curl ${quoted(request.url)}` : `curl -X ${request.method} ${quoted(request.url)}`];
  for (const [name, value] of request.headers) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (request.cookies.length > 0) lines.push(`-b ${quoted(request.cookies.map(pair => pair.join('=')).join('; '))}`);
  const { kind, text: content, file, values = [] } = request.body ?? {};
  if (kind === 'text') lines.push(`--data-raw ${quoted(content)}`);
  if (kind === 'file') lines.push(`--data-binary ${quoted(`@${file.name}`)}`);
  for (const [name, value] of values) {
    if (kind === 'pairs') lines.push(`--data-urlencode ${quoted(`${name}=${value}`)}`);
    else if (value instanceof File) lines.push(`-F ${quoted(`${name}=@${value.name}`)}`);
    else lines.push(`--form-string ${quoted(`${name}=${value}`)}`);
  }
  return lines.join(' \\\n  ');
}
