/** Of a frame, in the middle of those measured: 15 a second, at the smallest size 8. */
const goodMs = 66;
const bearableMs = 125;
const sizes = [1, 0.7, 0.5] as const;
/** The first frames of a size are slower: memory is taken, code is compiled. */
const warmUp = 3;
const firstLook = 8;
/** Much else begins together with the camera, so the last word takes longer. */
const lastLook = 20;
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
      const last = level === sizes.length - 1;
      if (times.length < (wasGood ? laterLooks : last ? lastLook : firstLook)) return 'measuring';
      const middle = times.toSorted((a, b) => a - b)[times.length >> 1]!;
      times = [];
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
