/** A long list that scrolls with the page; only the rows in sight exist. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import classes from './window-list.module.css';

interface WindowListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string | number;
  /** A guess in CSS pixels; each row is measured when it is drawn. */
  readonly rowHeight: number;
  readonly children: (item: Item) => React.ReactNode;
  /** Called when the last rows come into sight. */
  readonly onEnd?: () => void;
}

export function WindowList<Item>(props: WindowListProps<Item>) {
  const { label, items, keyOf, rowHeight, children, onEnd } = props;
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // Banners and wrapped filters above come and go: the list's place on the page is looked up after each render.
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0));
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    initialRect: { width: window.innerWidth, height: window.innerHeight },
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: onEnd is new each render; the place decides
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 5) onEnd?.();
  }, [last, items.length]);
  return (
    <ul ref={list} className={classes.rows} style={{ height: virtual.getTotalSize() }} aria-label={label}>
      {rows.map(({ index, key, start }) => {
        const item = items[index];
        return item === undefined ? null : (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={classes.row}
            style={{ transform: `translateY(${start - top}px)` }}
          >
            {children(item)}
          </li>
        );
      })}
    </ul>
  );
}
