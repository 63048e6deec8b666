/** Of a frame, in the middle of those measured: 15 a second, at the smallest size 10. */
const goodMs = 66;
const bearableMs = 100;
const sizes = [1, 0.7, 0.5] as const;
/** The first frames of a size are slower: memory is taken, code is compiled. */
const warmUp = 3;
const firstLook = 8;
const laterLooks = 45;

export type Verdict = 'measuring' | 'good' | 'smaller' | 'too-slow';

/** Whether this device keeps up. Where it does not, a smaller picture is tried, and then it is said. */
export function keepPace() {
  let level = 0;
  let wasGood = false;
  let skip: number = warmUp;
  let times: number[] = [];

  return {
    /** Of the camera's picture, in each direction. */
    get size(): number {
      return sizes[level]!;
    },
    add(ms: number): Verdict {
      if (skip > 0) {
        skip--;
        return 'measuring';
      }
      times.push(ms);
      if (times.length < (wasGood ? laterLooks : firstLook)) return 'measuring';
      const middle = times.toSorted((a, b) => a - b)[times.length >> 1]!;
      times = [];
      const last = level === sizes.length - 1;
      if (middle <= (last ? bearableMs : goodMs)) {
        wasGood = true;
        return 'good';
      }
      if (last) return 'too-slow';
      level++;
      skip = warmUp;
      return 'smaller';
    },
  };
}
