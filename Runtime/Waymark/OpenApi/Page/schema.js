// Reads JSON schemas of OpenAPI 3.1 and 3.0: resolves references, merges allOf, shows them as a tree and an example.
// Rules of this file: a schema may refer to itself, so every descent is either lazy or guarded by its ancestors.
import { el, markdown } from './dom.js';

let root = {};

export function useDocument(document) { root = document; }

/** Follows local references; siblings of a reference (3.1) win over what it leads to. */
export function resolve(node) {
  const seen = new Set();
  let siblings = {};
  while (node && typeof node === 'object' && typeof node.$ref === 'string') {
    const { $ref, ...rest } = node;
    if (seen.has($ref)) return siblings;
    seen.add($ref);
    siblings = { ...rest, ...siblings };
    node = target($ref);
  }
  return seen.size > 0 && node && typeof node === 'object' ? { ...node, ...siblings } : node;
}

function target(reference) {
  if (!reference.startsWith('#')) return { description: `Defined elsewhere: ${reference}` };
  let node = root;
  for (const part of reference.slice(1).split('/').slice(1)) {
    const name = decode(part).replaceAll('~1', '/').replaceAll('~0', '~');
    node = node && Object.hasOwn(node, name) ? node[name] : undefined;
  }
  return node ?? { description: `Not found: ${reference}` };
}

export function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

const nameOf = reference => decode(reference.slice(reference.lastIndexOf('/') + 1));
const isNull = schema => { const it = resolve(schema); return it?.type === 'null' || it?.const === null; };

/** One flat view of a schema: references followed, allOf merged, null taken out of types and alternatives. */
export function view(schema) {
  const it = { name: '', key: schema, properties: {}, required: new Set(), nullable: false, variants: [], types: [] };
  merge(schema, it, new Set());
  const types = [it.type ?? []].flat();
  it.nullable ||= types.includes('null') || (it.enum ?? []).includes(null);
  it.types = types.filter(type => type !== 'null');
  it.enum = it.enum?.filter(value => value !== null);
  if (it.types.length === 0) {
    if (Object.keys(it.properties).length > 0 || it.additionalProperties) it.types = ['object'];
    else if (it.items) it.types = ['array'];
  }
  return it;
}

function merge(schema, it, seen) {
  if (!schema || typeof schema !== 'object' || seen.has(schema)) return;
  seen.add(schema);
  if (typeof schema.$ref === 'string') {
    const to = target(schema.$ref);
    if (!it.name) { it.name = nameOf(schema.$ref); it.key = to; }
    merge(to, it, seen);
  }
  const name = it.name;
  for (const part of schema.allOf ?? []) merge(part, it, seen);
  if ((schema.allOf ?? []).length > 1 || schema.properties) it.name = name;
  const { $ref, allOf, oneOf, anyOf, properties, required, title, ...rest } = schema;
  Object.assign(it, rest);
  Object.assign(it.properties, properties);
  if (Array.isArray(required)) required.forEach(member => it.required.add(member));
  it.name ||= title ?? '';
  for (const [word, all] of [['one of', oneOf], ['any of', anyOf]]) {
    if (!Array.isArray(all)) continue;
    const variants = all.filter(variant => !isNull(variant));
    it.nullable ||= variants.length < all.length;
    if (variants.length === 1) merge(variants[0], it, seen);
    else { it.variants = variants; it.word = word; }
  }
}

export const isFile = it => it.types[0] === 'string'
  && (it.format === 'binary' || (!it.format && it.contentMediaType && !it.contentEncoding));

/** A short name of the type: "Pet", "string (uuid)", "Pet[]", "map of integer". */
export function label(it, depth = 0) {
  if (it.const !== undefined) return JSON.stringify(it.const);
  if (it.name && it.types[0] !== 'array' && (it.types[0] === 'object' || it.variants.length > 0)) return it.name;
  if (it.variants.length > 0)
    return depth > 2 ? it.word : it.variants.map(variant => label(view(variant), depth + 1)).join(' | ');
  if (it.types.length === 0) return it.enum ? 'enum' : it.key === false ? 'nothing' : 'any';
  return it.types.map(type => {
    if (type === 'array') {
      const item = depth > 3 ? '…' : label(view(it.items ?? true), depth + 1);
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
    }
    if (type === 'object' && Object.keys(it.properties).length === 0 && it.additionalProperties)
      return depth > 3 ? 'map' : `map of ${label(view(it.additionalProperties), depth + 1)}`;
    if (type === 'string' && isFile(it)) return 'file';
    return it.format ? `${type} (${it.format})` : type;
  }).join(' | ');
}

const range = (low, high, word) =>
  low === undefined && high === undefined ? []
    : low === high ? [`${word} ${low}`]
    : high === undefined ? [`${word} ≥ ${low}`]
    : low === undefined ? [`${word} ≤ ${high}`] : [`${word} ${low} – ${high}`];

/** The constraints, each as a few words. In 3.0 an exclusive bound is a flag, in 3.1 a number. */
export function facts(it) {
  const out = [];
  const above = it.exclusiveMinimum === true ? it.minimum : it.exclusiveMinimum;
  const below = it.exclusiveMaximum === true ? it.maximum : it.exclusiveMaximum;
  if (typeof above === 'number') out.push(`> ${above}`);
  if (typeof it.minimum === 'number' && it.exclusiveMinimum !== true) out.push(`≥ ${it.minimum}`);
  if (typeof below === 'number') out.push(`< ${below}`);
  if (typeof it.maximum === 'number' && it.exclusiveMaximum !== true) out.push(`≤ ${it.maximum}`);
  if (it.multipleOf !== undefined) out.push(`multiple of ${it.multipleOf}`);
  out.push(...range(it.minLength, it.maxLength, 'length'), ...range(it.minItems, it.maxItems, 'items'));
  out.push(...range(it.minProperties, it.maxProperties, 'members'));
  if (it.uniqueItems) out.push('unique items');
  if (it.pattern) out.push(`pattern ${it.pattern}`);
  if (it.contentMediaType && !isFile(it)) out.push(it.contentMediaType);
  if (it.default !== undefined) out.push(`default ${JSON.stringify(it.default)}`);
  return out;
}

/** Type, marks, constraints, allowed values and description of one place. */
export function describe(it, isRequired, ownDescription) {
  const item = it.types[0] === 'array' && it.items ? view(it.items) : null;
  const values = it.enum ?? item?.enum;
  const limits = [...facts(it), ...(item ? facts(item).map(fact => `each ${fact}`) : [])];
  const description = ownDescription ?? it.description;
  return {
    marks: [
      el('span', { class: 'type' }, label(it), it.nullable && el('span', { class: 'null' }, ' | null')),
      isRequired && el('span', { class: 'mark required' }, 'required'),
      it.deprecated && el('span', { class: 'mark' }, 'deprecated'),
      it.readOnly && el('span', { class: 'mark' }, 'read only'),
      it.writeOnly && el('span', { class: 'mark' }, 'write only'),
    ],
    more: [
      description && el('div', { class: 'text' }, markdown(description)),
      (limits.length > 0 || values) && el('div', { class: 'facts' },
        limits.map(fact => el('code', {}, fact)),
        values && el('span', { class: 'values' },
          'one of ', values.map(value => el('code', {}, JSON.stringify(value))))),
    ],
  };
}

/** The tree of a schema. Parts are built when they are opened, so that a schema may contain itself. */
export function tree(schema, direction, type) {
  const it = view(schema);
  const { marks, more } = describe(it);
  return el('div', { class: 'schema' },
    el('p', { class: 'line' }, el('code', { class: 'media-type' }, type), marks), more,
    children(it, direction, [it.key]));
}

function children(it, direction, ancestors) {
  if (it.types[0] === 'array' && it.items) {
    const item = view(it.items);
    return children(item, direction, [...ancestors, item.key]);
  }
  const hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
  const rows = Object.entries(it.properties).map(([name, schema]) => [name, view(schema), it.required.has(name)])
    .filter(([, member]) => !member[hidden]);
  const other = it.additionalProperties;
  if (other && other !== true && Object.keys(other).length > 0) rows.push(['any other name', view(other), false]);
  const list = rows.length > 0 && el('ul', { class: 'fields' }, rows.map(row => field(...row, direction, ancestors)));
  const strict = other === false && rows.length > 0 && el('p', { class: 'aside' }, 'No other members.');
  return [list, strict, it.variants.length > 0 && alternatives(it, direction, ancestors)].filter(Boolean);
}

function field(name, it, isRequired, direction, ancestors) {
  const { marks, more } = describe(it, isRequired);
  const isOther = name === 'any other name';
  return el('li', {},
    el('p', { class: 'line' }, el('code', { class: isOther ? 'name other' : 'name' }, name), marks), more,
    nested(it, direction, ancestors));
}

function nested(it, direction, ancestors) {
  let inner = it;
  while (inner.types[0] === 'array' && inner.items) inner = view(inner.items);
  const count = Object.keys(inner.properties).length;
  const isMap = count === 0 && inner.additionalProperties;
  const value = isMap ? view(inner.additionalProperties) : null;
  const hasParts = of => Object.keys(of.properties).length > 0 || of.variants.length > 0;
  if (!hasParts(inner) && !(value && hasParts(value)))
    return null;
  const isRecursive = ancestors.includes(inner.key);
  const words = inner.variants.length > 0 ? `${inner.variants.length} alternatives`
    : isMap ? 'values' : `${count} fields`;
  return lazy(isRecursive ? `${words}, as above (recursive)` : words, !isRecursive && ancestors.length < 2,
    () => children(inner, direction, [...ancestors, inner.key]));
}

function alternatives(it, direction, ancestors) {
  const by = it.discriminator?.propertyName;
  return el('div', { class: 'variants' },
    el('p', { class: 'aside' },
      `${it.word === 'any of' ? 'Any' : 'One'} of`, by && [', told apart by ', el('code', {}, by)]),
    it.variants.map((schema, index) => {
      const variant = view(schema);
      const value = discriminatorOf(it, schema);
      const title = [
        el('span', { class: 'type' }, label(variant)), by && value && el('code', {}, `${by} = "${value}"`)];
      const { more } = describe(variant);
      const isRecursive = ancestors.includes(variant.key);
      return lazy(title, index === 0 && ancestors.length < 2 && !isRecursive,
        () => [...more, ...children(variant, direction, [...ancestors, variant.key])]);
    }));
}

function discriminatorOf(it, schema) {
  if (!schema.$ref || !it.discriminator) return undefined;
  const mapping = Object.entries(it.discriminator.mapping ?? {});
  const own = view(schema).properties[it.discriminator.propertyName];
  return mapping.find(([, to]) => to === schema.$ref || to === nameOf(schema.$ref))?.[0]
    ?? resolve(own)?.const ?? nameOf(schema.$ref);
}

export function lazy(title, isOpen, content) {
  let isBuilt = false;
  const details = el('details', { class: 'more', open: isOpen, toggle: build }, el('summary', {}, title));
  function build() {
    if (isBuilt || !details.open) return;
    isBuilt = true;
    details.append(...content().filter(Boolean));
  }
  build();
  return details;
}

const Samples = {
  'date-time': '2026-01-31T12:00:00Z', date: '2026-01-31', time: '12:00:00', duration: 'PT1H',
  uuid: '3fa85f64-5717-4562-b3fc-2c963f66afa6', email: 'ada@example.com', uri: 'https://example.com/',
  'uri-reference': '/a/b', hostname: 'example.com', ipv4: '192.0.2.1', ipv6: '2001:db8::1', byte: 'AQID',
  password: 'secret',
};

/** An example value: the document's own where there is one, else one made from the constraints. */
export function example(schema, direction, ancestors = []) {
  const it = view(schema);
  for (const given of [it.example, it.examples?.[0], it.const, it.default, it.enum?.[0]])
    if (given !== undefined) return given;
  if (ancestors.includes(it.key) || ancestors.length > 12) return undefined;
  const path = [...ancestors, it.key];
  let value = simple(it, direction, path);
  if (it.variants.length > 0) {
    const chosen = example(it.variants[0], direction, path);
    if (chosen === null || typeof chosen !== 'object' || Array.isArray(chosen)) return chosen;
    value = { ...(value ?? {}), ...chosen };
    const kind = discriminatorOf(it, it.variants[0]);
    const by = it.discriminator?.propertyName;
    if (kind !== undefined) value = { [by]: kind, ...value, [by]: kind };
  }
  return value ?? (it.nullable ? null : value);
}

function simple(it, direction, path) {
  switch (it.types[0]) {
    case 'string': {
      const text = Samples[it.format] ?? 'text'.repeat(Math.ceil(Math.min(it.minLength ?? 1, 200) / 4));
      return it.format ? text : text.slice(0, Math.max(it.minLength ?? 4, Math.min(it.maxLength ?? 4, 4)));
    }
    case 'integer': case 'number': return sampleNumber(it);
    case 'boolean': return true;
    case 'array': {
      const item = it.items ? example(it.items, direction, path) : undefined;
      return item === undefined ? [] : Array(Math.min(Math.max(it.minItems ?? 1, 1), 5)).fill(item);
    }
    case 'object': return sampleObject(it, direction, path);
    default: return undefined;
  }
}

function sampleNumber(it) {
  const step = it.multipleOf ?? (it.types[0] === 'integer' ? 1 : 0.5);
  const least = it.exclusiveMinimum === true ? it.minimum + step
    : typeof it.exclusiveMinimum === 'number' ? it.exclusiveMinimum + step : it.minimum;
  const most = typeof it.exclusiveMaximum === 'number' ? it.exclusiveMaximum - step : it.maximum;
  const value = least ?? Math.min(1, most ?? 1);
  return it.multipleOf ? Math.ceil(value / step) * step || step : value;
}

function sampleObject(it, direction, path) {
  const out = {};
  for (const [name, schema] of Object.entries(it.properties)) {
    const member = view(schema);
    if (member[direction === 'request' ? 'readOnly' : 'writeOnly']) continue;
    const value = example(schema, direction, path);
    if (value !== undefined) out[name] = value;
    else if (it.required.has(name)) out[name] = null;
  }
  if (Object.keys(it.properties).length === 0 && it.additionalProperties) {
    const value = example(it.additionalProperties, direction, path);
    out.name = value === undefined ? null : value;
  }
  return out;
}
