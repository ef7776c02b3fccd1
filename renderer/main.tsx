/** The page's table of contents: language, theme, bridge, first render. */
import './mantine.css';
import './base.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { BridgeProvider, openBridge } from './bridge.ts';
import { startLanguage } from './i18n.ts';
import { theme } from './theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
window.__webpack_nonce__ = nonce;

// Where Mantine keeps the choice; read here too, since its own script would have to be inline.
const scheme = window.localStorage.getItem('mantine-color-scheme-value');
const isDark =
  scheme === 'dark' || (scheme !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';

const bridge = openBridge();
await startLanguage();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <BridgeProvider value={bridge}>
        <App />
      </BridgeProvider>
    </MantineProvider>
  </StrictMode>,
);
