import { ActionIcon, Button, type ButtonProps, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsole } from '../bridge.ts';
import { useNow } from '../clock.ts';
import { secondsLeft } from '../format.ts';
import { type CopyResult, copyText, copyToken } from './clipboard.ts';
import { useCommandErrorText } from './command-error.ts';
import classes from './copy-button.module.css';
import { IconCheck, IconCopy } from './icons.ts';

const SHOWN_MS = 2500;

type CopyState = { readonly kind: 'idle' } | CopyResult;

/** What to say after a copy, in place; back to idle when that is over. */
function useCopy(copy: () => Promise<CopyResult>) {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  const [state, setState] = useState<CopyState>({ kind: 'idle' });
  const clearsAt = state.kind === 'copied' ? state.clearsAt : null;
  const seconds = useNow((now) => (clearsAt === null ? 0 : secondsLeft(clearsAt, now)));

  useEffect(() => {
    if (state.kind === 'idle') return;
    const isCounting = state.kind === 'copied' && state.clearsAt !== null;
    const shown = isCounting ? (state.clearsAt ?? 0) - Date.now() : state.kind === 'copied' ? SHOWN_MS : 8000;
    const timer = setTimeout(() => setState({ kind: 'idle' }), shown);
    return () => clearTimeout(timer);
  }, [state]);

  const isCopied = state.kind === 'copied';
  let said = '';
  if (isCopied) said = clearsAt === null ? t('copy.copied') : t('copy.copiedClears', { seconds });
  else if (state.kind === 'failed') said = t('copy.failed');
  else if (state.kind === 'not-given') said = errorText(state.error);
  return {
    run: async () => setState(await copy()),
    isCopied,
    said,
    // For a screen reader: once, not each second.
    announced: isCopied ? t('copy.copied') : said,
  };
}

function Announced({ text }: { readonly text: string }) {
  return (
    <span className={classes.hidden} role="status">
      {text}
    </span>
  );
}

interface IconCopyProps {
  readonly text: string;
  readonly label: string;
}

/** A small copy button beside a text; says in place that it is done. */
export function CopyIcon({ text, label }: IconCopyProps) {
  const copied = useCopy(async () =>
    (await copyText(text)) ? { kind: 'copied', clearsAt: null } : { kind: 'failed' },
  );
  return (
    <span className={classes.beside}>
      <Tooltip label={label} disabled={copied.said !== ''}>
        <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={copied.run}>
          {copied.isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
      {copied.said !== '' && <span className={classes.said}>{copied.said}</span>}
      <Announced text={copied.announced} />
    </span>
  );
}

interface CopyButtonProps extends ButtonProps {
  readonly text: string;
  readonly label: string;
}

/** A copy button with words. */
export function CopyButton({ text, label, ...button }: CopyButtonProps) {
  const copied = useCopy(async () =>
    (await copyText(text)) ? { kind: 'copied', clearsAt: null } : { kind: 'failed' },
  );
  return (
    <>
      <Button
        leftSection={copied.isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        variant="default"
        {...button}
        onClick={copied.run}
      >
        {copied.said || label}
      </Button>
      <Announced text={copied.announced} />
    </>
  );
}

interface CopyTokenProps extends ButtonProps {
  readonly appId: string;
  readonly label: string;
}

/** Copies an account's token and says when it leaves the clipboard. */
export function CopyTokenButton({ appId, label, ...button }: CopyTokenProps) {
  const tokenConsole = useConsole();
  const copied = useCopy(() => copyToken(tokenConsole, appId));
  return (
    <span className={classes.stack}>
      <Button
        leftSection={copied.isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        {...button}
        onClick={copied.run}
      >
        <span className={classes.figures}>{copied.isCopied ? copied.said : label}</span>
      </Button>
      {!copied.isCopied && copied.said !== '' && <span className={classes.problem}>{copied.said}</span>}
      <Announced text={copied.announced} />
    </span>
  );
}

interface CopyTokenIconProps {
  readonly appId: string;
  readonly label: string;
}

/** The same as an icon, for rows. */
export function CopyTokenIcon({ appId, label }: CopyTokenIconProps) {
  const tokenConsole = useConsole();
  const copied = useCopy(() => copyToken(tokenConsole, appId));
  return (
    <span className={classes.row}>
      {copied.said !== '' && <span className={classes.said}>{copied.said}</span>}
      <Tooltip label={label} disabled={copied.said !== ''}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={copied.run}>
          {copied.isCopied ? <IconCheck size={18} /> : <IconCopy size={18} />}
        </ActionIcon>
      </Tooltip>
      <Announced text={copied.announced} />
    </span>
  );
}
