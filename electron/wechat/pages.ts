/** WeChat's own pages and public threads that the catalogue rests on. */
const D = 'https://developers.weixin.qq.com';

export const PAGES = {
  token: `${D}/doc/store/supplier/api/basics/api_getaccesstoken.md`,
  stableToken: `${D}/doc/service/api/base/api_getstableaccesstoken`,
  tokenGuide: `${D}/doc/oplatform/developers/dev/AccessToken.html`,
  appSecret: `${D}/doc/oplatform/developers/dev/appid`,
  whitelist: `${D}/doc/oplatform/developers/basic_func/ip_whitelist`,
  apiGuide: `${D}/doc/service/guide/dev/api`,
  commonErrors: `${D}/doc/channels/API/basics/commErrCode.html`,
  troubleshooting: `${D}/doc/oplatform/developers/troubleshooting`,
  clearQuota: `${D}/doc/oplatform/Third-party_Platforms/2.0/api/openApi/clear_quota.html`,
  clearQuotaBySecret: `${D}/doc/channels/API/apimgnt/clearQuotaByAppSecret.html`,
  apiQuota: `${D}/doc/oplatform/Third-party_Platforms/2.0/api/openApi/get_api_quota.html`,
  rid: `${D}/doc/service/openApi/get_rid_info.html`,
  callbackCheck: `${D}/doc/service/Basic_Information/Network_Detection.html`,
  domains: `${D}/doc/service/Basic_Information/Interface_field_description.html`,
  confirmation: `${D}/community/minihome/doc/00026e3d380f1818352acf32456000`,
  componentAppId: `${D}/community/minihome/doc/0006ecf6ff89785e805c6bd015d800`,
  badClientIp: `${D}/community/personal/oCJUsw1lAQz-L0AFsnNxVW7pCY7Y/question`,
  userLimited: `${D}/community/personal/oCJUsw68Ufp6YQPq6Adxyxxnrmgo/answer?page=5`,
  punished: `${D}/community/personal/oCJUsw7a-B5fcOedOdsI7FVZb4FI/answer`,
} as const;

/** Where a step is carried out: pages of WeChat's for a signed-in person. */
export const PLACES = {
  platform: `${D}/platform/`,
  mp: 'https://mp.weixin.qq.com/',
  diagnosis: `${D}/console/devtools/debug`,
} as const;
