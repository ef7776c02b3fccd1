import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountHandout, AccountView, HandoutView, TokenFile } from '../../electron/console/contract.ts';
import { ConfirmDialog } from '../shared/confirm-dialog.tsx';
import { CopyIcon } from '../shared/copy-button.tsx';
import { ErrorNote } from './error-note.tsx';
import { openPlaceDialog, usePlaceDialog } from './place-dialog.ts';
import { PlaceText } from './place-text.tsx';
import classes from './servers.module.css';
import { useSavePlaces } from './use-handout.ts';
import { handoutOf } from './words.ts';

const TargetDialog = lazy(() => import('./target-dialog.tsx'));
const FileDialog = lazy(() => import('./file-dialog.tsx'));

interface TargetsProps {
  readonly view: HandoutView;
  readonly account: AccountView;
  readonly onView: (view: HandoutView) => void;
}

/** Where else an account's token is written, and how each place stands. */
export function Targets({ view, account, onView }: TargetsProps) {
  const { t } = useTranslation();
  const handout = handoutOf(view, account.appId);
  const dialog = usePlaceDialog((state) => state.open);
  useEffect(() => () => openPlaceDialog(null), []);
  const close = () => openPlaceDialog(null);
  const isEmpty = handout.targets.length === 0 && handout.file === null;
  const hasRedis = view.redis.settings !== null;
  return (
    <section className={classes.section} aria-labelledby="targets">
      <h2 id="targets">{t('targets.title')}</h2>
      <p className={classes.small}>{t('targets.lead', { name: account.name })}</p>
      {isEmpty ? (
        <p className={classes.none}>{t('targets.none')}</p>
      ) : (
        <Places handout={handout} onView={onView} />
      )}
      {!hasRedis && handout.targets.length > 0 && <p className={classes.small}>{t('targets.noRedis')}</p>}
      <div className={classes.buttons}>
        {hasRedis && (
          <Button size="xs" variant="default" onClick={() => openPlaceDialog('target')}>
            {t('targets.add')}
          </Button>
        )}
        {handout.file === null && (
          <Button size="xs" variant="default" onClick={() => openPlaceDialog('file')}>
            {t('targets.addFile')}
          </Button>
        )}
      </div>
      <Suspense fallback={null}>
        {dialog === 'target' && (
          <TargetDialog account={account} handout={handout} onView={onView} onClose={close} />
        )}
        {dialog === 'file' && (
          <FileDialog account={account} handout={handout} onView={onView} onClose={close} />
        )}
      </Suspense>
    </section>
  );
}

interface PlacesProps {
  readonly handout: AccountHandout;
  readonly onView: (view: HandoutView) => void;
}

function Places({ handout, onView }: PlacesProps) {
  const { t } = useTranslation();
  const { save, isBusy, error } = useSavePlaces(handout, onView);
  const [going, setGoing] = useState<{ readonly name: string; readonly index: number | null } | null>(null);
  const { file, fileState, targets } = handout;

  const remove = async () => {
    if (going === null) return;
    const changes =
      going.index === null ? { file: null } : { targets: targets.filter((_, i) => i !== going.index) };
    if (await save(changes)) setGoing(null);
  };
  return (
    <>
      <ul className={classes.rows} aria-label={t('targets.list')}>
        {targets.map((target, index) => (
          <TargetRow
            key={`${target.profile} ${target.keys.join(' ')}`}
            target={target}
            onRemove={() => setGoing({ name: t(`way.${target.profile}`), index })}
            onTakeOver={() => void save({})}
            isBusy={isBusy}
          />
        ))}
        {file !== null && (
          <FileRow
            file={file}
            state={fileState}
            onRemove={() => setGoing({ name: t('targets.file'), index: null })}
          />
        )}
      </ul>
      {going === null && <ErrorNote error={error} />}
      <ConfirmDialog
        opened={going !== null}
        title={t('targets.stop.title', { name: going?.name ?? '' })}
        confirm={t('targets.stop.confirm')}
        color="red"
        isBusy={isBusy}
        onConfirm={() => void remove()}
        onCancel={() => setGoing(null)}
      >
        <p>{t(going?.index === null ? 'targets.stop.file' : 'targets.stop.redis')}</p>
        <ErrorNote error={error} />
      </ConfirmDialog>
    </>
  );
}

interface TargetRowProps {
  readonly target: AccountHandout['targets'][number];
  readonly isBusy: boolean;
  readonly onRemove: () => void;
  readonly onTakeOver: () => void;
}

function TargetRow({ target, isBusy, onRemove, onTakeOver }: TargetRowProps) {
  const { t } = useTranslation();
  const name = t(`way.${target.profile}`);
  return (
    <li className={classes.row}>
      <div className={classes.cell}>
        <span className={classes.name}>{name}</span>
        <span>{t('targets.redis')}</span>
      </div>
      <div className={`${classes.cell} ${classes.wide}`}>
        {target.keys.map((key) => (
          <span key={key} className={classes.value}>
            <span className="mono">{key}</span>
            <CopyIcon text={key} label={t('targets.copyKey')} />
          </span>
        ))}
        <PlaceText place={target.place} />
        {target.place.state === 'foreign' && (
          <span>
            <Button size="xs" variant="default" loading={isBusy} onClick={onTakeOver}>
              {t('targets.takeOver')}
            </Button>
          </span>
        )}
      </div>
      <RemoveButton name={name} onRemove={onRemove} />
    </li>
  );
}

interface FileRowProps {
  readonly file: TokenFile;
  readonly state: AccountHandout['fileState'];
  readonly onRemove: () => void;
}

function FileRow({ file, state, onRemove }: FileRowProps) {
  const { t } = useTranslation();
  return (
    <li className={classes.row}>
      <div className={classes.cell}>
        <span className={classes.name}>{t('targets.file')}</span>
        <span>{t(`targets.fileDialog.${file.format}`)}</span>
      </div>
      <div className={`${classes.cell} ${classes.wide}`}>
        <span className="mono">
          {file.path} ({file.mode ?? '600'})
        </span>
        {state !== null && <PlaceText place={state} />}
      </div>
      <div className={classes.buttons}>
        <Button
          size="xs"
          variant="default"
          aria-label={t('targets.editFile')}
          onClick={() => openPlaceDialog('file')}
        >
          {t('servers.edit')}
        </Button>
        <RemoveButton name={t('targets.file')} onRemove={onRemove} />
      </div>
    </li>
  );
}

function RemoveButton({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="xs" variant="default" aria-label={t('targets.removeNamed', { name })} onClick={onRemove}>
      {t('servers.remove')}
    </Button>
  );
}
