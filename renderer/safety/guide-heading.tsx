import { useEffect, useRef } from 'react';
import classes from './guide.module.css';

/** The heading of a page within a dialog: takes the focus when its page comes up. */
export function GuideHeading({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another heading is another page
  useEffect(() => heading.current?.focus(), [children]);
  return (
    <h3 ref={heading} tabIndex={-1} className={classes.heading} data-autofocus>
      {children}
    </h3>
  );
}
