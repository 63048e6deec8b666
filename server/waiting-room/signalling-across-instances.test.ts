import { after } from 'node:test';
import { startInstancesInPairs } from '../testing/test-signalling.ts';
import { startTestRedis } from '../testing/test-redis.ts';

// What these files promise of one instance, once more with every other socket at a second one.
const redis = await startTestRedis();
startInstancesInPairs(redis);
await import('./signalling.test.ts');
await import('./signalling-attacks.test.ts');
await import('./host-code.test.ts');
await import('./close-abandoned-rooms.test.ts');
await import('./records.test.ts');
after(() => redis.close());
