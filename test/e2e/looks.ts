/** In which languages and colours every screen is photographed and checked. */

const all = [
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'en-GB', colorScheme: 'dark' },
  { locale: 'zh-CN', colorScheme: 'dark' },
  { locale: 'en-GB', colorScheme: 'light' },
] as const;

/** Each language and each theme once; WTC_LOOKS=all: each language in each theme, for a person who looks. */
export const LOOKS = process.env.WTC_LOOKS === 'all' ? all : all.slice(0, 2);

export const SIZES = [
  { width: 1440, height: 900 },
  { width: 900, height: 600 },
] as const;
