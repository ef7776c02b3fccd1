import { Loader } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountScreen } from './account/account-screen.tsx';
import classes from './app.module.css';
import { useBridge } from './bridge.ts';
import { FirstRun } from './first-run/first-run.tsx';
import { Overview } from './overview/overview.tsx';
import { parseRoute, type Route, useHash } from './router.ts';
import { useFollowPreferences } from './settings/follow-preferences.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Shell } from './shell/shell.tsx';
import { useAccountCount, useConsoleState } from './store.ts';

const AddAccount = lazy(() => import('./add-account/add-account.tsx'));
const Confirmations = lazy(() => import('./confirmations/confirmations.tsx'));
const History = lazy(() => import('./history/history.tsx'));
const Errors = lazy(() => import('./errors/errors.tsx'));
const LockScreen = lazy(() => import('./lock/lock-screen.tsx'));
const Servers = lazy(() => import('./servers/servers.tsx'));
const SignIn = lazy(() => import('./sign-in/sign-in.tsx'));
const Settings = lazy(() => import('./settings/settings.tsx'));

/** Which page is up: waiting, sign-in, the lock, or the shell around the screen the address names. */
export function App() {
  const { signIn } = useBridge();
  const isSignedOut = useConsoleState((state) => state.link === 'signed-out');
  const isReady = useConsoleState((state) => state.epoch > 0);
  const isLocked = useConsoleState((state) => state.shield?.isLocked === true);
  useFollowPreferences();
  const hash = useHash();
  const route = parseRoute(hash);
  if (isSignedOut && signIn) {
    return (
      <Suspense fallback={<Waiting />}>
        <SignIn signIn={signIn} />
      </Suspense>
    );
  }
  if (!isReady) return <Waiting />;
  if (isLocked) {
    return (
      <Suspense fallback={<Waiting />}>
        <LockScreen />
      </Suspense>
    );
  }
  return (
    <Shell route={route}>
      <ErrorBoundary key={hash.split('?')[0]}>
        <Suspense fallback={<Waiting />}>
          <Screen route={route} />
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'home':
      return <Home />;
    case 'account':
      return <AccountScreen key={route.appId} appId={route.appId} />;
    case 'add':
      return <AddAccount />;
    case 'history':
      return <History query={route.query} />;
    case 'errors':
      return <Errors code={route.code} />;
    case 'confirmations':
      return <Confirmations />;
    case 'servers':
      return <Servers query={route.query} />;
    case 'settings':
      return <Settings part={route.part} />;
  }
}

/** One account is its own overview. */
function Home() {
  const count = useAccountCount();
  const only = useConsoleState((state) => (count === 1 ? state.groups[0]?.appIds[0] : undefined));
  if (count === 0) return <FirstRun />;
  return only === undefined ? <Overview /> : <AccountScreen key={only} appId={only} />;
}

const WORTH_SHOWING_MS = 400;
const LONG_MS = 5000;

/** Nothing at first; then that it runs; then that it takes long. */
function Waiting() {
  const { t } = useTranslation();
  const [stage, setStage] = useState<'quick' | 'slow' | 'long'>('quick');
  useEffect(() => {
    const timers = [
      setTimeout(() => setStage('slow'), WORTH_SHOWING_MS),
      setTimeout(() => setStage('long'), LONG_MS),
    ];
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <div className={classes.waiting} role="status">
      {stage !== 'quick' && <Loader size="sm" />}
      {stage === 'slow' && t('app.loading')}
      {stage === 'long' && t('app.stillLoading')}
    </div>
  );
}
