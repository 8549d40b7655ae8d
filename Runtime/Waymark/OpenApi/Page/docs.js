// The page: reads the document, lists the operations, filters them and follows links such as #findUser.
// Rules of this file: a section is built when it is opened, so that a document of a thousand operations opens at once.
import { el, markdown, code, copyButton } from './dom.js';
import { describe, lazy, resolve, tree, useDocument, view, decode } from './schema.js';
import { exampleOf, sender } from './send.js';

const Methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace', 'query'];
const byId = id => document.getElementById(id);
const cards = new Map();
let api;
let server = '/';

start().catch(error => byId('operations').replaceChildren(
  el('div', { class: 'notice bad', role: 'alert' },
    el('strong', {}, 'The description cannot be shown. '), error.message)));

async function start() {
  const address = new URL(document.querySelector('meta[name=openapi]').content, location.href);
  const response = await fetch(address, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${address.pathname} answered ${response.status} ${response.statusText}.`);
  api = await response.json();
  useDocument(api);
  server = serverUrls(address)[0];
  const groups = groupByTag(operations());
  showIntro(address);
  byId('operations').replaceChildren(...groups.map(section));
  byId('nav').replaceChildren(...groups.map(navigation));
  wireFilter();
  window.addEventListener('hashchange', () => follow(true));
  follow(false);
}

function serverUrls(address) {
  const urls = (api.servers ?? []).map(({ url = '/', variables }) =>
    url.replace(/\{([^}]+)\}/g, (all, name) => variables?.[name]?.default ?? all))
    .filter(url => URL.canParse(url, address));
  return (urls.length > 0 ? urls : ['/']).map(url => new URL(url, address).href);
}

/** Every operation with what its path and the document give it. */
function operations() {
  const found = [];
  const used = new Set();
  for (const [paths, isWebhook] of [[api.paths, false], [api.webhooks, true]]) {
    for (const [path, given] of Object.entries(paths ?? {})) {
      const item = resolve(given) ?? {};
      for (const method of Methods.filter(name => item[name]))
        found.push(operation(item, method, path, isWebhook, used));
    }
  }
  return found;
}

function operation(item, method, path, isWebhook, used) {
  const own = item[method];
  const parameters = new Map();
  for (const given of [...item.parameters ?? [], ...own.parameters ?? []]) {
    const parameter = resolve(given);
    if (parameter?.name) parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  const wanted = own.operationId ?? `${method}${path.replace(/[^\w.-]+/g, '-').replace(/-$/, '')}`;
  let id = wanted;
  for (let number = 2; used.has(id); number++) id = `${wanted}-${number}`;
  used.add(id);
  const security = own.security ?? api.security ?? [];
  const names = [...new Set(security.flatMap(Object.keys))];
  const schemes = names.map(name => ({ name, scheme: resolve(api.components?.securitySchemes?.[name]) ?? {} }));
  return {
    ...own, id, path, isWebhook, security, schemes, method: method.toUpperCase(), parameters: [...parameters.values()],
    body: resolve(own.requestBody), tags: own.tags?.length ? own.tags : [isWebhook ? 'Webhooks' : 'Other'],
    words: [method, path, own.operationId, own.summary, own.description, ...own.tags ?? []].join(' ').toLowerCase(),
  };
}

function groupByTag(all) {
  const groups = new Map((api.tags ?? []).map(tag => [tag.name, { ...tag, operations: [] }]));
  for (const one of all) {
    const name = one.tags[0];
    if (!groups.has(name)) groups.set(name, { name, operations: [] });
    groups.get(name).operations.push(one);
  }
  return [...groups.values()].filter(group => group.operations.length > 0);
}

function showIntro(address) {
  const { title = 'API', version, summary, description, contact, license } = api.info ?? {};
  document.title = title;
  byId('brand').textContent = title;
  const urls = serverUrls(address);
  const choice = el('select', { 'aria-label': 'Server', change: () => { server = choice.value; rebuildForms(); } },
    urls.map(url => el('option', { value: url }, url)));
  byId('intro').replaceChildren(
    el('h1', {}, title, version && el('span', { class: 'version' }, version)),
    summary ? el('p', { class: 'lead' }, summary) : '',
    el('div', { class: 'text' }, description ? markdown(description) : ''),
    el('dl', { class: 'meta' },
      [['Server', urls.length > 1 ? choice : el('code', {}, urls[0])],
        ['Document', [
          el('a', { href: address.href }, el('code', {}, address.pathname)),
          ` OpenAPI ${api.openapi ?? api.swagger ?? ''}`]],
        ['Contact', contact && [contact.name, contact.email].filter(Boolean).join(', ')],
        ['Licence', license && (license.name ?? license.identifier)]]
        .filter(([, value]) => value).map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))));
}

function rebuildForms() {
  for (const card of cards.values()) card.rebuild();
}

function section(group) {
  const heading = `tag-${group.name}`;
  return el('section', { class: 'group', 'aria-labelledby': heading },
    el('h2', { id: heading }, group.name),
    group.description && el('div', { class: 'text' }, markdown(group.description)),
    group.operations.map(card));
}

const addressOf = one => `#${encodeURIComponent(one.id)}`;
const methodMark = method => el('span', { class: `method ${method.toLowerCase()}` }, method);

function pathText(path) {
  return path.split(/(\{[^}]*\}|\/)/).filter(Boolean).map(part =>
    part === '/' ? ['/', el('wbr')] : part.startsWith('{') ? el('b', {}, part) : part);
}

function card(one) {
  const details = el('details', { toggle: fill },
    el('summary', {},
      methodMark(one.method),
      el('h3', {}, el('span', { class: one.deprecated ? 'path gone' : 'path' }, pathText(one.path).flat()),
        one.summary && el('span', { class: 'summary' }, one.summary)),
      one.deprecated && el('span', { class: 'mark' }, 'deprecated'),
      one.schemes.length > 0 && el('span', { class: 'mark lock', title: securityText(one) }, 'auth')));
  const node = el('article', { class: 'op', id: `op-${one.id}` }, details);
  function fill() {
    if (details.open && details.children.length === 1) details.append(content(one));
  }
  function rebuild() {
    details.querySelector('.op-body')?.remove();
    fill();
  }
  cards.set(one.id, { one, node, details, fill, rebuild });
  return node;
}

function content(one) {
  return el('div', { class: 'op-body' },
    el('div', {},
      el('div', { class: 'text about' },
        el('a', { class: 'anchor', href: addressOf(one), title: 'Link to this operation' }, `#${one.id}`),
        one.description && one.description !== one.summary && markdown(one.description)),
      one.schemes.length > 0 && part('Security',
        one.schemes.length > 1 && el('p', {}, securityText(one)), one.schemes.map(schemeLine)),
      one.parameters.length > 0 && part('Parameters', parameterTable(one.parameters)),
      one.body && part('Request body', one.body.required && el('span', { class: 'mark required' }, 'required'),
        one.body.description && el('div', { class: 'text' }, markdown(one.body.description)),
        contents(one.body.content, 'request')),
      part('Responses', Object.entries(one.responses ?? {})
        .map(([status, given], index) => responseOf(status, resolve(given) ?? {}, index)))),
    !one.isWebhook && sender(one, () => server));
}

const part = (title, ...children) => el('section', { class: 'part' }, el('h4', {}, title), ...children);

function securityText(one) {
  const ways = one.security.map(way => Object.entries(way).map(([name, scopes]) =>
    scopes?.length > 0 ? `${name} (${scopes.join(', ')})` : name).join(' and ') || 'nothing');
  return `Needs ${ways.join(', or ')}.`;
}

function schemeLine({ name, scheme }) {
  const kind = scheme.type === 'apiKey' ? `API key in ${scheme.in} ${scheme.name}`
    : scheme.type === 'http' ? ['HTTP', scheme.scheme, scheme.bearerFormat].filter(Boolean).join(' ')
    : scheme.type ?? 'not described';
  return el('div', { class: 'text' },
    el('p', {}, el('code', {}, name), ` ${kind}`), scheme.description && markdown(scheme.description));
}

function parameterTable(parameters) {
  const rows = parameters.map(parameter => {
    const schema = parameter.schema ?? Object.values(parameter.content ?? {})[0]?.schema ?? {};
    const { marks, more } = describe(view(schema), parameter.required, parameter.description);
    return el('tr', {},
      el('th', { scope: 'row' },
        el('code', { class: 'name' }, parameter.name), el('span', { class: 'place' }, parameter.in)),
      el('td', {},
        el('p', { class: 'line' }, marks, parameter.deprecated && el('span', { class: 'mark' }, 'deprecated')), more));
  });
  return el('table', { class: 'parameters' },
    el('thead', { class: 'hidden' }, el('tr', {},
      el('th', { scope: 'col' }, 'Name and place'), el('th', { scope: 'col' }, 'Type and meaning'))),
    el('tbody', {}, rows));
}

function contents(content, direction) {
  return Object.entries(content ?? {}).map(([type, given]) => {
    const media = resolve(given) ?? {};
    return el('div', { class: 'media' },
      media.schema !== undefined
        ? tree(media.schema, direction, type) : el('p', {}, el('code', { class: 'media-type' }, type)),
      sampleOf(media, type, direction));
  });
}

function sampleOf(media, type, direction) {
  if (!/json|text|xml|yaml/i.test(type)) return null;
  const sample = exampleOf(media, direction);
  if (sample === undefined || sample === null || typeof sample !== 'object') return null;
  const text = JSON.stringify(sample, null, 2);
  return lazy('Example', false, () => [
    el('div', { class: 'curl' },
      el('div', { class: 'bar' }, el('span', {}, type), copyButton('Copy the example', () => text)),
      code(text, true))]);
}

function responseOf(status, response, index) {
  const types = Object.keys(response.content ?? {});
  const isProblem = types.some(type => type.includes('problem+'));
  const headers = Object.entries(response.headers ?? {}).map(([name, header]) => [name, resolve(header) ?? {}]);
  const title = [
    el('strong', { class: `status s${status[0]}` }, status),
    el('span', {}, response.description || (isProblem ? 'Problem' : '')),
    isProblem && el('span', { class: 'mark' }, 'problem')];
  if (types.length === 0 && headers.length === 0) return el('p', { class: 'response flat' }, title);
  const block = lazy(title, index === 0, () => [
    headers.length > 0 && parameterTable(headers.map(([name, header]) => ({ ...header, name, in: 'header' }))),
    ...contents(response.content, 'response')]);
  block.classList.add('response');
  return block;
}

function navigation(group) {
  return el('div', { class: 'nav-group' },
    el('h2', {}, group.name),
    el('ul', {}, group.operations.map(one => {
      const click = () => setTimeout(() => follow(true));
      const link = el('a', { href: addressOf(one), title: `${one.method} ${one.path}`, click },
        methodMark(one.method), el('span', {}, one.summary ?? one.path));
      const item = el('li', {}, link);
      Object.assign(cards.get(one.id), { item, link });
      return item;
    })));
}

function wireFilter() {
  const input = byId('filter');
  input.addEventListener('input', () => filter(input.value));
  input.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    input.value = '';
    filter('');
  });
  document.addEventListener('keydown', event => {
    const isTyped = event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select');
    if (event.key !== '/' || isTyped) return;
    event.preventDefault();
    input.focus();
  });
}

function filter(text) {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  document.body.classList.toggle('is-filtered', terms.length > 0);
  for (const { one, node, item } of cards.values()) {
    const isShown = terms.every(term => one.words.includes(term));
    node.hidden = item.hidden = !isShown;
    if (isShown) count++;
  }
  for (const group of document.querySelectorAll('.group, .nav-group'))
    group.hidden = !group.querySelector('.op:not([hidden]), li:not([hidden])');
  byId('found').textContent = terms.length === 0 ? ''
    : count === 0 ? 'No operation matches.' : `${count} of ${cards.size} operations`;
}

function follow(isFocused) {
  const found = cards.get(decode(location.hash.slice(1)));
  for (const { link } of cards.values()) link.removeAttribute('aria-current');
  if (!found) return;
  if (found.node.hidden) {
    byId('filter').value = '';
    filter('');
  }
  found.details.open = true;
  found.fill();
  found.link.setAttribute('aria-current', 'true');
  found.node.scrollIntoView();
  if (isFocused) found.details.querySelector('summary').focus({ preventScroll: true });
}
