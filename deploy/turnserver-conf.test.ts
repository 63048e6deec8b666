import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turnserverConf, type TurnserverSetup } from './turnserver-conf.ts';

const setup: TurnserverSetup = {
  urls: [
    'turn:turn.example.org:3478?transport=udp',
    'turn:turn.example.org:3478?transport=tcp',
    'turns:turn.example.org:5349?transport=tcp',
    'turns:turn.example.org:443?transport=tcp',
  ],
  secret: 'a secret that is shared',
  listen: ['203.0.113.5', '2001:db8::5'],
  tls: { certificate: '/etc/turn/cert.pem', key: '/etc/turn/key.pem' },
};

/** The values of all lines of this name. */
function valuesOf(name: string, conf: string): string[] {
  return conf.split('\n').flatMap((line) => {
    const [key, ...value] = line.split('=');
    return key === name ? [value.join('=')] : [];
  });
}

test('it listens on the ports of the addresses, on the next ones, and on 443', () => {
  const conf = turnserverConf(setup);
  assert.deepEqual(valuesOf('listening-port', conf), ['3478']);
  assert.deepEqual(valuesOf('tls-listening-port', conf), ['5349']);
  assert.deepEqual(valuesOf('aux-server', conf), [
    '203.0.113.5:3479',
    '[2001:db8::5]:3479',
    '203.0.113.5:443',
    '[2001:db8::5]:443',
    '203.0.113.5:5350',
    '[2001:db8::5]:5350',
  ]);
  assert.deepEqual(valuesOf('relay-ip', conf), setup.listen);
  assert.deepEqual([...valuesOf('min-port', conf), ...valuesOf('max-port', conf)], ['49152', '65535']);
  assert.deepEqual(valuesOf('realm', conf), ['turn.example.org']);
});

test('without a port in the addresses it takes the usual ones', () => {
  const conf = turnserverConf({ ...setup, urls: ['turn:turn.example.org', 'turns:turn.example.org'] });
  assert.deepEqual(valuesOf('listening-port', conf), ['3478']);
  assert.deepEqual(valuesOf('tls-listening-port', conf), ['5349']);
});

test('for production no peer is allowed that is internal, and nothing is logged', () => {
  const conf = turnserverConf(setup);
  assert.deepEqual(valuesOf('allowed-peer-ip', conf), []);
  assert.ok(!conf.includes('allow-loopback-peers'));
  assert.deepEqual(valuesOf('log-file', conf), ['/dev/null']);
  for (const line of [
    'no-tcp-relay',
    'no-cli',
    'no-multicast-peers',
    'no-tlsv1',
    'no-tlsv1_1',
    'no-stdout-log',
  ]) {
    assert.ok(conf.split('\n').includes(line), line);
  }
});

test('behind a NAT it gives out the address under which the world sees it', () => {
  const conf = turnserverConf({ ...setup, listen: ['10.0.0.5'], external: '203.0.113.5' });
  assert.deepEqual(valuesOf('external-ip', conf), ['203.0.113.5/10.0.0.5']);
});

test('what does not go together is told', () => {
  const { tls: _, ...withoutTls } = setup;
  assert.throws(() => turnserverConf(withoutTls), /certificate/);
  assert.throws(() => turnserverConf({ ...setup, listen: [] }), /address to listen on/);
  assert.throws(() => turnserverConf({ ...setup, urls: ['turns:turn.example.org'] }), /turn: address/);
});
