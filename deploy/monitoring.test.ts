import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { parse } from 'yaml';
import { createMetrics } from '../server/metrics/metrics.ts';

type Panel = { id: number; type: string; title: string; gridPos: Box; targets?: { expr: string }[] };
type Box = { x: number; y: number; w: number; h: number };
type Rule = {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
};

const read = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');
/** What a server exports, with the names that a histogram has. */
const exported = new Set<string>();

before(async () => {
  const metrics = createMetrics();
  metrics.watchProcess({ version: '0', practice: '0', room: '0' });
  for (const [, name = '', type] of (await metrics.text()).matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    exported.add(name);
    if (type === 'histogram')
      for (const suffix of ['bucket', 'count', 'sum']) exported.add(`${name}_${suffix}`);
  }
});

/** Names in an expression that are followed by a selector, or are told apart by their beginning. */
function namesIn(expr: string): string[] {
  return [...expr.matchAll(/\b((?:sprechzimmer|nodejs|process)_\w+|\w+(?=\{))/g)].map(
    ([, name]) => name ?? '',
  );
}

async function readRules(): Promise<Rule[]> {
  const { groups } = parse(await read('monitoring/alerts.yaml')) as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

async function readPanels(): Promise<Panel[]> {
  return (JSON.parse(await read('monitoring/dashboard.json')) as { panels: Panel[] }).panels;
}

test('the dashboard shows metrics that there are, and all that are ours', async () => {
  const shown = (await readPanels()).flatMap(({ targets = [] }) =>
    targets.flatMap(({ expr }) => namesIn(expr)),
  );
  assert.ok(shown.length > 30);
  for (const name of shown) assert.ok(exported.has(name), name);
  const bases = new Set(shown.map((name) => name.replace(/_(bucket|count|sum)$/, '')));
  const ours = [...exported].filter(
    (name) => name.startsWith('sprechzimmer_') && !/_(bucket|count|sum)$/.test(name),
  );
  assert.deepEqual(
    ours.filter((name) => !bases.has(name)),
    [],
  );
});

test('the panels of the dashboard do not cover each other', async () => {
  const panels = await readPanels();
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const taken = new Map<string, string>();
  for (const { title, gridPos } of panels) {
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        assert.equal(taken.get(`${x} ${y}`), undefined, title);
        taken.set(`${x} ${y}`, title);
      }
    }
    assert.ok(gridPos.x + gridPos.w <= 24, title);
  }
});

test('every alert rule is of metrics that there are, and leads to what is to be done', async () => {
  const rules = await readRules();
  const runbook = await read('../docs/operations.md');
  assert.ok(rules.length > 10);
  assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
  for (const { alert, expr, labels, annotations, ...rest } of rules) {
    const names = namesIn(expr);
    assert.ok(names.length > 0, alert);
    for (const name of names) assert.ok(name === 'up' || exported.has(name), `${alert}: ${name}`);
    assert.match(alert, /^Sprechzimmer[A-Z]\w+$/);
    assert.match(labels.severity, /^(critical|warning)$/);
    assert.match(rest.for ?? '1m', /^\d+[smh]$/);
    assert.ok(annotations.summary.length > 10, alert);
    assert.equal(annotations.runbook, `docs/operations.md#${alert.toLowerCase()}`);
    assert.ok(runbook.includes(`\n### ${alert}\n`), `docs/operations.md says nothing of ${alert}`);
  }
});

test('Prometheus is told to ask where the settings say, and to read the rules', async () => {
  const config = parse(await read('monitoring/prometheus.yaml')) as {
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
    rule_files: string[];
  };
  const [port] = /(?<=^#METRICS_PORT=)\d+$/m.exec(await read('sprechzimmer.env')) ?? [];
  assert.deepEqual(config.rule_files, ['alerts.yaml']);
  assert.equal(config.scrape_configs[0]?.job_name, 'sprechzimmer');
  assert.deepEqual(config.scrape_configs[0]?.static_configs[0]?.targets, [`127.0.0.1:${port}`]);
});

test('docs/operations.md names every metric of ours', async () => {
  const text = await read('../docs/operations.md');
  const ours = [...exported].filter(
    (name) => name.startsWith('sprechzimmer_') && !/_(bucket|count|sum)$/.test(name),
  );
  for (const name of ours) assert.ok(text.includes(`\`${name}\``), name);
});
