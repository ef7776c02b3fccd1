/** What a supporter needs to know of this console, as text: no secret, token, key, name or whole AppID in it. */
import type { Application } from './application.ts';
import type { AccountView } from './contract.ts';

export function diagnosticsOf(app: Application): string {
  const { version, clock, host } = app.parts;
  const { vault, notices, preferences, gateway, update, accounts } = app.state();
  const { values, proxy, managed } = preferences;
  const at = new Date(clock().wall).toISOString();
  const { node, electron = null, chrome = null } = process.versions as Partial<Record<string, string>>;
  const { lock, ...shown } = values;
  return [
    `WeChat Token Console ${version} · ${at}`,
    `${process.platform} ${process.arch} · node ${node} · electron ${electron ?? '-'} · chromium ${chrome ?? '-'}`,
    `up ${Math.round(process.uptime())} s · ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
    `vault: ${vault.kind}, ${vault.status}`,
    `gateway: ${gateway === null ? 'off' : 'on'} · update: ${update.state} · proxy: ${proxy.settings.mode}`,
    `can: ${host.abilities.join(', ') || '-'} · settled by policy: ${managed.join(', ') || '-'}`,
    `settings: ${JSON.stringify({ ...shown, lock, updates: { automatic: values.updates.automatic } })}`,
    `notices: ${notices.map(({ id }) => id).join(', ') || '-'}`,
    `accounts: ${accounts.length}`,
    ...accounts.map(lineOf),
    '',
  ].join('\n');
}

function lineOf(account: AccountView): string {
  const { appId, kind, line, phase, secret, role, token, trouble, lastAttempt, overwrittenAt } = account;
  const last = lastAttempt && `${lastAttempt.outcome} ${lastAttempt.errcode ?? ''}`.trim();
  return [
    `- ${appId.slice(0, 4)}…${appId.slice(-2)} ${kind} ${line} ${phase} ${role}`,
    `secret ${secret}`,
    token === null ? 'no token' : `token until ${new Date(token.expiresAt).toISOString()}`,
    `last ${last ?? '-'} rid ${lastAttempt?.rid ?? '-'}`,
    `trouble ${trouble === null ? '-' : `${trouble.class} ${trouble.errcode ?? ''}`.trim()}`,
    `overwritten ${overwrittenAt.length}`,
  ].join(' · ');
}
