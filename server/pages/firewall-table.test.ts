import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firewallRows, firewallTable } from './firewall-table.ts';

const origins = {
  practiceOrigin: 'https://praxis.example.org',
  roomOrigin: 'https://video.example.org:8443',
};
const web = [
  { purpose: 'practice', host: 'praxis.example.org', protocol: 'TCP', ports: '443' },
  { purpose: 'room', host: 'video.example.org', protocol: 'TCP', ports: '8443' },
];
const direct = { purpose: 'direct', host: undefined, protocol: 'UDP', ports: '' };

test('the ports are those of the settings, gathered by way, and the standards’ own where none is named', () => {
  const relay = {
    urls: [
      'turn:turn.example.org?transport=udp',
      'turn:turn.example.org:3999',
      'turn:turn.example.org:80?transport=tcp',
      'turns:turn.example.org?transport=tcp',
      'turns:turn.example.org:443?transport=tcp',
      'turn:[2001:db8::1]:3478',
    ],
    secret: 'canary'.repeat(4),
    credentialMinutes: 10,
  };
  const config = { ...origins, stunUrls: ['stun:stun.example.org', 'stuns:stun.example.org'], relay };
  assert.deepEqual(firewallRows(config), [
    ...web,
    { purpose: 'stun', host: 'stun.example.org', protocol: 'UDP', ports: '3478' },
    { purpose: 'tls', host: 'stun.example.org', protocol: 'TCP (TLS)', ports: '5349' },
    { purpose: 'udp', host: 'turn.example.org', protocol: 'UDP', ports: '3478, 3999' },
    { purpose: 'tcp', host: 'turn.example.org', protocol: 'TCP', ports: '80' },
    { purpose: 'tls', host: 'turn.example.org', protocol: 'TCP (TLS)', ports: '5349, 443' },
    { purpose: 'udp', host: '[2001:db8::1]', protocol: 'UDP', ports: '3478' },
    { purpose: 'media', host: 'turn.example.org', protocol: 'UDP', ports: '49152–65535' },
    { purpose: 'media', host: '[2001:db8::1]', protocol: 'UDP', ports: '49152–65535' },
    direct,
  ]);
  for (const language of ['de', 'en'] as const)
    assert.doesNotMatch(firewallTable(config, language), /canary/);
});

test('without a relay nothing is said of one', () => {
  assert.deepEqual(firewallRows({ ...origins, stunUrls: [], relay: undefined }), [...web, direct]);
});
