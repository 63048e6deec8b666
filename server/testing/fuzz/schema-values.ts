import { randomUUID } from 'node:crypto';
import type { Random } from './random.ts';

/** As much of JSON Schema as the contract's schemas become. */
export type Schema = {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  format?: string;
  pattern?: string;
  maxLength?: number;
};

/** What the server knows, such as ids: with them an input gets past the first look. */
export type Known = { ids: string[]; texts: string[] };

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const oddTexts = [
  '',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '‮evil',
  "'; drop table practice; --",
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '9'.repeat(400),
  '2026-02-30',
  '0000-00-00',
  'é'.repeat(200),
  '\r\nX-Injected: 1',
  '%00',
  'null',
];

/** Fits the schema, mostly. */
export function valueFor(schema: Schema, random: Random, known: Known, depth = 0): unknown {
  if ('const' in schema) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return valueFor(random.pick(choices), random, known, depth);
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  switch (type) {
    case 'object': {
      const entries = Object.entries(schema.properties ?? {}).filter(
        ([key]) => schema.required?.includes(key) || random.chance(0.5),
      );
      return Object.fromEntries(
        entries.map(([key, inner]) => [key, valueFor(inner, random, known, depth + 1)]),
      );
    }
    case 'array': {
      const least = schema.minItems ?? 0;
      const most = Math.min(schema.maxItems ?? 3, least + 3);
      const length = least + random.below(most - least + 1);
      return Array.from({ length }, () => valueFor(schema.items ?? {}, random, known, depth + 1));
    }
    case 'integer':
    case 'number': {
      const [least, most] = [schema.minimum ?? 0, schema.maximum ?? 1_000_000];
      return random.pick([least, most, least + random.below(Math.min(most - least, 1e9) + 1)]);
    }
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    case 'string':
      return textFor(schema, random, known);
    default:
      return random.pick<unknown>([{}, null, 1, 'text']);
  }
}

function textFor({ format, pattern = '', maxLength = 40 }: Schema, random: Random, known: Known): string {
  if (format === 'uuid') return random.chance(0.7) ? random.pick(known.ids) : randomUUID();
  if (format === 'date') return `2026-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
  const length = /\[A-Za-z0-9_-\]\{(\d+)\}/.exec(pattern)?.[1];
  if (length !== undefined) return letters(Number(length), random);
  if (pattern.includes('A-Za-z0-9_-')) return letters(1 + random.below(64), random);
  if (pattern.includes('[0-5]\\d')) return `${two(random.below(24))}:${two(random.below(60))}`;
  if (pattern.includes('Q[1-4]')) return `2026-Q${1 + random.below(4)}`;
  if (pattern.includes('\\d{6}')) return String(random.below(1e6)).padStart(6, '0');
  if (random.chance(0.5)) return random.pick(known.texts);
  return letters(random.below(Math.min(maxLength, 60)), random);
}

function letters(length: number, random: Random): string {
  return Array.from({ length }, () => base64url[random.below(64)]).join('');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The same with something wrong in it. */
export function mutated(value: unknown, random: Random): unknown {
  if (random.chance(0.15)) return odd(random);
  if (Array.isArray(value)) {
    if (value.length === 0 || random.chance(0.2)) return [...value, ...value, odd(random)];
    const at = random.below(value.length);
    return value.map((item: unknown, index) => (index === at ? mutated(item, random) : item));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0 || random.chance(0.15))
      return { ...value, [random.pick(oddTexts)]: odd(random) };
    const at = random.below(entries.length);
    if (random.chance(0.15)) return Object.fromEntries(entries.filter((_, index) => index !== at));
    return Object.fromEntries(
      entries.map(([key, item], index) => [key, index === at ? mutated(item, random) : item]),
    );
  }
  if (typeof value === 'string' && value !== '' && random.chance(0.5)) {
    const at = random.below(value.length);
    return value.slice(0, at) + random.pick(oddTexts) + value.slice(at + random.below(3));
  }
  return odd(random);
}

function odd(random: Random): unknown {
  return random.pick<unknown>([
    null,
    true,
    -1,
    0,
    1.5,
    2 ** 31,
    -(2 ** 53),
    1e308,
    [],
    {},
    [[[[[[]]]]]],
    { a: { a: { a: { a: {} } } } },
    'x'.repeat(5_000),
    random.pick(oddTexts),
    Array.from({ length: 200 }, () => 'x'),
  ]);
}
