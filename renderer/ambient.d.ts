interface Window {
  /** Put there by the preload on the desktop; absent in a browser. */
  readonly tokenConsole?: import('../electron/console/contract.ts').TokenConsole;
  /** Where `react-remove-scroll` (Mantine's Modal) looks for the nonce of its style element. */
  __webpack_nonce__?: string;
}

declare module '@tabler/icons-react/dist/esm/icons/*' {
  const icon: import('@tabler/icons-react').Icon;
  export default icon;
}

declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

declare module '*.css';
