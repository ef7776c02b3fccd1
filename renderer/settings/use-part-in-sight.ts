import { useEffect, useState } from 'react';
import { headingId, type PartId } from './section.tsx';

/** A heading counts as reached a little before the top: links bring it to just below. */
const REACHED_PX = 120;

/** Which part the reader has come to: the last whose heading is at the top, or the last of all at the page's end. */
export function usePartInSight(parts: readonly PartId[]): PartId | null {
  const [inSight, setInSight] = useState<PartId | null>(parts[0] ?? null);
  const list = parts.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `list` stands for `parts`, which is new each render
  useEffect(() => {
    const look = () => {
      const page = document.documentElement;
      const isAtEnd =
        page.scrollHeight > page.clientHeight && window.scrollY + page.clientHeight >= page.scrollHeight - 2;
      const reached = parts.filter((id) => {
        const top = document.getElementById(headingId(id))?.getBoundingClientRect().top;
        return top !== undefined && top < REACHED_PX;
      });
      setInSight((isAtEnd ? parts.at(-1) : reached.at(-1)) ?? parts[0] ?? null);
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [list]);
  return inSight;
}
