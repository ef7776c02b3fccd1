import { Button } from '@mantine/core';
import { Component } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './error-boundary.module.css';

interface Props {
  readonly children: React.ReactNode;
}

/** Catches what a screen throws (a chunk that is gone after an update, a fault of ours). */
export class ErrorBoundary extends Component<Props, { fault: unknown }> {
  override state = { fault: undefined };

  static getDerivedStateFromError(fault: unknown) {
    return { fault: fault ?? 'unknown' };
  }

  override render() {
    return this.state.fault === undefined ? this.props.children : <Fault fault={this.state.fault} />;
  }
}

function Fault({ fault }: { readonly fault: unknown }) {
  const { t } = useTranslation();
  return (
    <div className={classes.fault} role="alert">
      <h1>{t('fault.title')}</h1>
      <p>{t('fault.text')}</p>
      <Button onClick={() => window.location.reload()}>{t('fault.reload')}</Button>
      <details>
        <summary>{t('fault.details')}</summary>
        <code>{fault instanceof Error ? fault.message : String(fault)}</code>
      </details>
    </div>
  );
}
