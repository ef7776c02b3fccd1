import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountHandout, AccountView, HandoutView } from '../../electron/console/contract.ts';
import { shortAppId } from '../format.ts';
import { hrefOf } from '../router.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { ExternalLink } from '../shared/external-link.tsx';
import { Note } from '../shared/note.tsx';
import { useSend } from '../shared/use-send.ts';
import { useConsoleState } from '../store.ts';
import type { Choice } from './choice.ts';
import { ErrorNote } from './error-note.tsx';
import { openPlaceDialog } from './place-dialog.ts';
import classes from './servers.module.css';
import { MANAGED_SECRET, type Setting, type Way } from './setting.ts';
import { WAYS } from './ways.ts';
import { gatewayUrlFor, handoutOf, targetInput } from './words.ts';

const PLATFORM = 'https://developers.weixin.qq.com/platform';
interface ConnectProps {
  readonly view: HandoutView;
  readonly account: AccountView;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
  readonly onView: (view: HandoutView) => void;
}

/** Something to copy for the program that a business server runs, with this account's own values. */
export function Connect({ view, account, choice, onChoose, onView }: ConnectProps) {
  const { t } = useTranslation();
  const accounts = useConsoleState((state) => state.accounts);
  const way: Way & { readonly id: Choice['way'] } = WAYS.find(({ id }) => id === choice.way) ?? WAYS[0];
  const setting = settingOf(view, account, way);
  const groups = (['gateway', 'redis', 'file'] as const).map((via) => ({
    group: t(`connect.via.${via}`),
    items: WAYS.filter((one) => one.via === via).map(({ id }) => ({ value: id, label: t(`way.${id}`) })),
  }));
  return (
    <section className={classes.section} aria-labelledby="connect">
      <h2 id="connect">{t('connect.title')}</h2>
      <p className={classes.small}>{t('connect.lead')}</p>
      <div className={classes.choice}>
        <NativeSelect
          label={t('connect.account')}
          value={account.appId}
          data={Object.values(accounts).map(({ appId, name }) => ({
            value: appId,
            label: `${name} ${shortAppId(appId)}`,
          }))}
          onChange={(event) => onChoose({ ...choice, appId: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('connect.way')}
          value={way.id}
          data={groups}
          onChange={(event) => {
            const next = WAYS.find(({ id }) => id === event.currentTarget.value);
            if (next) onChoose({ ...choice, way: next.id });
          }}
        />
      </div>
      <Missing view={view} way={way} account={account} onView={onView} />
      <Snippet text={way.build(setting)} title={t(`way.${way.id}`)} />
      <p>{t(`wayText.${way.id}`)}</p>
      <Placeholders text={way.build(setting)} setting={setting} />
    </section>
  );
}

function settingOf(view: HandoutView, account: AccountView, way: Way): Setting {
  const handout = handoutOf(view, account.appId);
  const { settings, hasPassword } = view.redis;
  return {
    account,
    gatewayUrl: gatewayUrlFor(view.gateway),
    redis: settings === null ? null : { ...settings, hasPassword },
    target: handout.targets.find(({ profile }) => profile === way.profile) ?? null,
    file: handout.file,
  };
}

function Snippet({ text, title }: { readonly text: string; readonly title: string }) {
  const { t } = useTranslation();
  return (
    <figure className={`${classes.snippet} ${classes.figure}`} aria-label={t('connect.snippet')}>
      <figcaption>
        <span>{title}</span>
        <CopyButton text={text} label={t('connect.copy')} size="xs" />
      </figcaption>
      <pre className={classes.code}>{text}</pre>
    </figure>
  );
}

/** What is still to be put in the place of what the snippet cannot know. */
function Placeholders({ text, setting }: { readonly text: string; readonly setting: Setting }) {
  const { t } = useTranslation();
  const secret = setting.target?.configuredSecret ?? MANAGED_SECRET;
  const notes = [
    text.includes('<client key>') && t('connect.clientKey'),
    text.includes('<console address>') && t('connect.wildcard'),
    text.includes('<redis password>') && t('connect.redisPassword'),
    text.includes('<redis host>') && t('connect.redisHost'),
    text.includes(secret) && t('connect.secret', { secret }),
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

interface MissingProps extends Pick<ConnectProps, 'view' | 'account' | 'onView'> {
  readonly way: Way;
}

/** What the way needs that is not there yet, and where it can be set, the button for it. */
function Missing({ view, way, account, onView }: MissingProps) {
  const { t } = useTranslation();
  const handout = handoutOf(view, account.appId);
  if (way.via === 'gateway') {
    return view.gateway.url === null ? <Note tone="warn">{t('connect.needsGateway')}</Note> : null;
  }
  if (way.via === 'file') {
    if (handout.file !== null) return null;
    return (
      <Note tone="info">
        <p>{t('connect.needsFile')}</p>
        <Button mt="xs" size="xs" variant="default" onClick={() => openPlaceDialog('file')}>
          {t('connect.addFile')}
        </Button>
      </Note>
    );
  }
  if (view.redis.settings === null) return <Note tone="warn">{t('connect.needsRedis')}</Note>;
  return <MissingTarget key={way.id} way={way} handout={handout} onView={onView} />;
}

interface MissingTargetProps {
  readonly way: Way;
  readonly handout: AccountHandout;
  readonly onView: (view: HandoutView) => void;
}

function MissingTarget({ way, handout, onView }: MissingTargetProps) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('handout.setAccount');
  const { profile } = way;
  if (profile === null || handout.targets.some((target) => target.profile === profile)) return null;
  const add = async () => {
    const { appId, file } = handout;
    const view = await send({ appId, file, targets: [...handout.targets.map(targetInput), { profile }] });
    if (view) onView(view);
  };
  return (
    <>
      <Note tone="info">
        <p>{t('connect.needsTarget')}</p>
        <Button mt="xs" size="xs" variant="default" loading={isBusy} onClick={() => void add()}>
          {t('connect.addTarget')}
        </Button>
      </Note>
      <ErrorNote error={error} />
    </>
  );
}

/** In the place of the examples while there is no account. */
export function NoAccounts() {
  const { t } = useTranslation();
  return (
    <section className={classes.section} aria-labelledby="connect">
      <h2 id="connect">{t('connect.title')}</h2>
      <div className={classes.none}>
        <p>{t('connect.noAccounts')}</p>
        <Button component="a" href={hrefOf({ screen: 'add' })} size="xs" variant="default">
          {t('connect.addAccount')}
        </Button>
      </div>
    </section>
  );
}

/**
 * For an Official Account WeChat checks the address of whoever calls, not only of whoever fetched the token; a Mini
 * Program's whitelist is for requests with the AppSecret only (wechat-facts.md 5b).
 */
export function Reminder() {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="reminder">
      <Note tone="warn">
        <h2 id="reminder">{t('connect.whitelist.title')}</h2>
        <p>{t('connect.whitelist.text')}</p>
        <p className={classes.buttons}>
          <ExternalLink href={PLATFORM}>{t('connect.whitelist.where')}</ExternalLink>
          <a href={hrefOf({ screen: 'errors', code: '40164' })}>{t('connect.whitelist.code')}</a>
        </p>
      </Note>
    </section>
  );
}
