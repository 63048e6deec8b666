export const asvsStates = ['erfüllt', 'teilweise', 'nicht-erfüllt', 'entfällt', 'Betreiber'] as const;
export type AsvsState = (typeof asvsStates)[number];

export type AsvsRequirement = {
  /** As in the standard, such as `V1.2.4`. */
  id: string;
  level: 1 | 2;
  state: AsvsState;
  how: string;
  tests: NamedTest[];
};

export type NamedTest = { file: string; name: string };

/**
 * Reads docs/asvs.txt.
 * @throws Error that quotes the paragraph which cannot be read
 */
export function readAsvs(text: string): AsvsRequirement[] {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => !paragraph.startsWith('#') && paragraph.trim() !== '')
    .map(readRequirement);
}

function readRequirement(paragraph: string): AsvsRequirement {
  const [head = '', ...lines] = paragraph.trim().split('\n');
  const [, id, level, word] = /^(V\d+\.\d+\.\d+) ([12]) (\S+)$/.exec(head) ?? [];
  const state = asvsStates.find((known) => known === word);
  const tests = lines.filter((line) => line.startsWith('Test: ')).map(readTest);
  const how = lines.filter((line) => !line.startsWith('Test: ')).join(' ');
  if (id === undefined || state === undefined || how === '' || tests.includes(undefined))
    throw new Error(`This paragraph of docs/asvs.txt cannot be read: ${head}`);
  return { id, level: level === '1' ? 1 : 2, state, how, tests: tests.filter((one) => one !== undefined) };
}

function readTest(line: string): NamedTest | undefined {
  const [, file, name] = /^Test: (\S+\.test\.ts): (.+)$/.exec(line) ?? [];
  return file === undefined || name === undefined ? undefined : { file, name };
}
