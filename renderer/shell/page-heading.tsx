import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

// The first screen takes no focus: the reader starts at the top, with the skip link.
let hasShownOne = false;

interface PageHeadingProps {
  readonly children: string;
  /** The window's title, where it differs from the heading. */
  readonly title?: string;
}

/** A screen's h1: takes the focus when its screen comes up, and names the window. */
export function PageHeading({ children, title }: PageHeadingProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A screen that was slow to load must not take the keyboard from who types into the search meanwhile.
    const isTyping = document.activeElement instanceof HTMLInputElement;
    if (hasShownOne && !isTyping) heading.current?.focus();
    hasShownOne = true;
  }, []);
  useEffect(() => {
    document.title = `${title ?? children} · ${t('app.name')}`;
  }, [title, children, t]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
