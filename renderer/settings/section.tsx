import { useTranslation } from 'react-i18next';
import type { CommandError } from '../../electron/console/contract.ts';
import { IconLock } from '../shared/icons.ts';
import { Problem } from './problem.tsx';
import classes from './settings.module.css';

/** The parts of the settings, in their order on the page. */
export const PART_IDS = [
  'general',
  'notices',
  'clipboard',
  'lock',
  'network',
  'servers',
  'transfer',
  'updates',
  'places',
  'about',
] as const;
export type PartId = (typeof PART_IDS)[number];

export const headingId = (id: PartId): string => `settings-${id}`;

interface SectionProps {
  readonly id: PartId;
  readonly lead?: string;
  readonly children: React.ReactNode;
}

/** One part of the settings: a heading, what it is about, and its rows in a frame. */
export function Section({ id, lead, children }: SectionProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.section}>
      <h2 id={headingId(id)} tabIndex={-1}>
        {t(`settings.part.${id}`)}
      </h2>
      {lead !== undefined && <p className={classes.small}>{lead}</p>}
      <div className={classes.card}>{children}</div>
    </section>
  );
}

interface RowProps {
  readonly label: string;
  /** The control the label belongs to; without one it is a plain text. */
  readonly htmlFor?: string;
  readonly labelId?: string;
  readonly hint?: React.ReactNode;
  readonly hintId?: string;
  readonly isManaged?: boolean;
  readonly error?: CommandError | null;
  /** The control, beside the words. */
  readonly children?: React.ReactNode;
  /** What takes the whole width, under the words. */
  readonly below?: React.ReactNode;
}

/** One setting: what it is on the left, its control on the right, and below what has to be said of it. */
export function Row(props: RowProps) {
  const { label, htmlFor, labelId, hint, hintId, isManaged = false, error = null, children, below } = props;
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        {htmlFor ? (
          <label id={labelId} htmlFor={htmlFor}>
            {label}
          </label>
        ) : (
          <span id={labelId}>{label}</span>
        )}
        {hint !== undefined && (
          <span id={hintId} className={classes.small}>
            {hint}
          </span>
        )}
        {isManaged && <Managed />}
      </div>
      {children !== undefined && <div className={classes.control}>{children}</div>}
      {below && <div className={classes.below}>{below}</div>}
      {error && (
        <div className={classes.below}>
          <Problem error={error} />
        </div>
      )}
    </div>
  );
}

/** Says that a setting is the administrators'. */
export function Managed() {
  const { t } = useTranslation();
  return (
    <span className={classes.managed}>
      <IconLock size={14} aria-hidden="true" />
      {t('settings.managed')}
    </span>
  );
}
