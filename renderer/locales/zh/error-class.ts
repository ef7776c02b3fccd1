/** The classes of error codes; searched in both languages at once, and so apart from the other words. */
export const errorClass = {
  transient: '网络不通或微信繁忙',
  quota: '次数用完',
  'not-whitelisted': 'IP 不在白名单',
  'awaiting-admin': '等待管理员确认',
  refused: '管理员已拒绝',
  secret: 'AppSecret 不对或被冻结',
  account: '账号或 AppID',
  unknown: '其他',
  use: '使用令牌时',
};
