import { useTranslation } from 'react-i18next';
import classes from './external-link.module.css';
import { IconExternalLink } from './icons.ts';

/** A link out of the console; the desktop hands it to the system's browser. */
export function ExternalLink({ href, children }: { readonly href: string; readonly children: string }) {
  const { t } = useTranslation();
  return (
    <a
      className={classes.link}
      href={href}
      target="_blank"
      rel="noreferrer"
      aria-label={`${children} ${t('external')}`}
    >
      {children} <IconExternalLink size={14} aria-hidden="true" />
    </a>
  );
}
