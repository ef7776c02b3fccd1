import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { forgetResult, useRefreshState } from './flow.ts';

/** How the last refresh by hand ended, until the screen is left. What WeChat refused is told by the phase. */
export function RefreshResultNote({ appId }: { readonly appId: string }) {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  const result = useRefreshState((state) => state.results[appId]);
  useEffect(() => () => forgetResult(appId), [appId]);
  if (result === undefined) return null;
  if (result.kind === 'not-done') {
    return (
      <Note tone="bad" isAnswer>
        {errorText(result.error)}
      </Note>
    );
  }
  const isNew = result.kind === 'new-token';
  return (
    <Note tone={isNew ? 'ok' : 'info'} isAnswer>
      {t(isNew ? 'refresh.gotNew' : 'refresh.sameToken')}
    </Note>
  );
}
