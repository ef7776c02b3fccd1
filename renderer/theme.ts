/** Mantine's theme: one accent, system fonts with Chinese ones among them, no motion above 200 ms. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const jade: MantineColorsTuple = [
  '#eaf7f0',
  '#d4eee0',
  '#a8dcc1',
  '#79caa0',
  '#50b983',
  '#2ea96c',
  '#14935a',
  '#0b7546',
  '#085c37',
  '#064429',
];

// Darker than Mantine's: white words on its filled buttons reach AA.
const red: MantineColorsTuple = [
  '#fdeeec',
  '#fbd9d6',
  '#f5b0aa',
  '#ee857c',
  '#e66257',
  '#dc463a',
  '#cf3b31',
  '#b8322a',
  '#962821',
  '#76201a',
];

// Mantine's dark surfaces, with the same trace of green as our own.
const dark: MantineColorsTuple = [
  '#e9edea',
  '#c3ccc6',
  '#a4aea8',
  '#7d8781',
  '#414a45',
  '#2e3531',
  '#1e2421',
  '#151917',
  '#101311',
  '#0b0d0c',
];

const sans =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const mono =
  'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono CJK SC", monospace';

export const theme = createTheme({
  primaryColor: 'jade',
  primaryShade: { light: 7, dark: 7 },
  colors: { jade, red, dark },
  defaultRadius: 'md',
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: { fontFamily: sans, fontWeight: '600' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 160 } } },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 80 },
        position: 'bottom-end',
        shadow: 'md',
        // Outside of the page's landmarks, and with an element in the menu that is no item, axe objects.
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    Tooltip: { defaultProps: { transitionProps: { duration: 80 }, openDelay: 400, withArrow: true } },
  },
});
