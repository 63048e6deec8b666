import { useEffect, useRef, useState } from 'preact/hooks';

const lastsMs = 5_000;

/** A finger has no pointer that hovers: a touch shows for a while what the pointer would. */
export function useTouched(): [touched: boolean, touch: () => void] {
  const [touched, setTouched] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const touch = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTouched(false), lastsMs);
    setTouched(true);
  };
  return [touched, touch];
}
