/** The share of a picture that may be cut off to fill the page. */
const mostCut = 0.3;

export type Size = { width: number; height: number };

/**
 * Whether a picture fills its box or is shown whole with bars beside it: a person on an upright phone keeps their face
 * on a wide screen.
 */
export function fitOf(picture: Size, box: Size): 'cover' | 'contain' {
  if (!picture.width || !picture.height || !box.width || !box.height) return 'contain';
  const ratio = picture.width / picture.height / (box.width / box.height);
  return 1 - Math.min(ratio, 1 / ratio) <= mostCut ? 'cover' : 'contain';
}
