/** As much of JSON Schema as the contract's schemas become. */
export type WireSchema = {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: WireSchema[];
  oneOf?: WireSchema[];
  properties?: Record<string, WireSchema>;
  required?: string[];
  items?: WireSchema;
  additionalProperties?: WireSchema | boolean;
  format?: string;
  pattern?: string;
} & Partial<Record<(typeof upper)[number] | (typeof lower)[number], number>>;

const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'] as const;
const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'] as const;

/**
 * Why the version before and this one would not understand each other: what one of them says, the other refuses or misses.
 * @returns one line for each danger, with the place; none when there was only added what nobody needs
 */
export function wireDangers(before: WireSchema, now: WireSchema, place: string): string[] {
  const choices = choicesOf(before);
  if (choices) return choices.flatMap((choice) => choiceDangers(choice, now, place));
  const only = choicesOf(now);
  if (only) return choiceDangers(before, now, place);
  return [
    ...valueDangers(before, now, place),
    ...propertyDangers(before, now, place),
    ...(before.items ? wireDangers(before.items, now.items ?? {}, `${place}[]`) : []),
    ...recordDangers(before, now, place),
  ];
}

function choicesOf({ anyOf, oneOf }: WireSchema): WireSchema[] | undefined {
  return anyOf ?? oneOf;
}

/** A kind is compared with the kind of the same name, anything else with whatever takes it. */
function choiceDangers(choice: WireSchema, now: WireSchema, place: string): string[] {
  const candidates = choicesOf(now) ?? [now];
  const kind = choice.properties?.['kind']?.const;
  if (typeof kind === 'string') {
    const same = candidates.find((one) => one.properties?.['kind']?.const === kind);
    return same ? wireDangers(choice, same, `${place} ${kind}`) : [`${place} ${kind}: is gone`];
  }
  const isTaken = candidates.some((one) => wireDangers(choice, one, place).length === 0);
  return isTaken ? [] : [`${place}: ${JSON.stringify(choice).slice(0, 60)} is not taken any more`];
}

function valueDangers(before: WireSchema, now: WireSchema, place: string): string[] {
  const dangers: string[] = [];
  const types = [now.type ?? []].flat();
  if (types.length > 0 && ![before.type ?? []].flat().every((type) => types.includes(type)))
    dangers.push(`${place}: is another type`);
  const taken = 'const' in now ? [now.const] : now.enum;
  const said = 'const' in before ? [before.const] : before.enum;
  for (const value of said ?? []) {
    if (taken && !taken.includes(value)) dangers.push(`${place}: ${String(value)} is not taken any more`);
  }
  const isBound = taken ?? (before.type === undefined && types.length > 0);
  if (isBound && !said) dangers.push(`${place}: took any value`);
  if (now.pattern !== undefined && now.pattern !== before.pattern) dangers.push(`${place}: has another form`);
  if (now.format !== undefined && now.format !== before.format) dangers.push(`${place}: has another format`);
  const isNarrower =
    upper.some((key) => (now[key] ?? Infinity) < (before[key] ?? Infinity)) ||
    lower.some((key) => (now[key] ?? -Infinity) > (before[key] ?? -Infinity));
  if (isNarrower) dangers.push(`${place}: is narrower`);
  return dangers;
}

function propertyDangers(before: WireSchema, now: WireSchema, place: string): string[] {
  const [had, has] = [before.properties ?? {}, now.properties ?? {}];
  const [needed, needs] = [new Set(before.required), new Set(now.required)];
  const ofOld = Object.entries(had).flatMap(([name, schema]) => {
    const there = has[name];
    const inner = `${place}.${name}`;
    if (!there) return [`${inner}: is gone`];
    if (needed.has(name) && !needs.has(name)) return [`${inner}: the version before cannot do without`];
    if (needs.has(name) && !needed.has(name)) return [`${inner}: the version before may leave it out`];
    return wireDangers(schema, there, inner);
  });
  const ofNew = [...needs].filter((name) => !(name in had));
  return [...ofOld, ...ofNew.map((name) => `${place}.${name}: the version before does not say it`)];
}

function recordDangers(before: WireSchema, now: WireSchema, place: string): string[] {
  const [had, has] = [before.additionalProperties, now.additionalProperties];
  if (typeof had !== 'object' || typeof has !== 'object') return [];
  return wireDangers(had, has, `${place}.*`);
}
