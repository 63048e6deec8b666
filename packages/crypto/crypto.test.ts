import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cryptoSuite, type Vectors } from './suite.ts';

const file = new URL('vectors/vectors.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

for (const each of cryptoSuite(vectors)) test(each.name, () => each.run());
