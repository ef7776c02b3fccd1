/** The classes of error codes; searched in both languages at once, and so apart from the other words. */
export const errorClass: typeof import('../zh/error-class.ts').errorClass = {
  transient: 'Network fault, or WeChat busy',
  quota: 'Quota used up',
  'not-whitelisted': 'IP not whitelisted',
  'awaiting-admin': 'Waiting for the administrator',
  refused: 'Refused by the administrator',
  secret: 'AppSecret wrong or frozen',
  account: 'Account or AppID',
  unknown: 'Other',
  use: 'When a token is used',
};
