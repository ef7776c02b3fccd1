import { describe, expect, it } from 'vitest';
import { serverSentReader } from '../../../renderer/server-sent.ts';

/** What is heard when the bytes of `text` come in pieces of `size`. */
function heard(text: string, size = Number.POSITIVE_INFINITY): unknown[] {
  const all: unknown[] = [];
  const take = serverSentReader({ message: (data) => all.push(data), retry: (ms) => all.push(ms) });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) take(bytes.slice(at, at + size));
  return all;
}

const story = [
  'retry: 2000\n\n',
  'data: {"name":"商城 🛒"}\n\n',
  ': still here\n\n',
  'data: first\ndata:second\ndata\ndata:  two blanks\n\n',
  'data: by CRLF\r\n\r\n',
  'data: by CR\r\r',
  'event: other\nid: 7\ndata: named\nunknown: x\n:data: comment\n\n',
  'retry: soon\n\n',
  'data: not finished',
].join('');
const told = [2000, '{"name":"商城 🛒"}', 'first\nsecond\n\n two blanks', 'by CRLF', 'by CR', 'named'];

describe('server-sent events', () => {
  it('are read as the standard says', () => {
    expect(heard(story)).toEqual(told);
  });

  it.each([1, 2, 3, 5, 7, 64])(
    'are the same in pieces of %i bytes, through letters and line breaks',
    (size) => {
      expect(heard(story, size)).toEqual(told);
    },
  );

  it('may begin with a byte order mark, which is no part of them', () => {
    expect(heard('\ufeffdata: one\n\n')).toEqual(['one']);
  });

  it('without data are none', () => {
    expect(heard('\n\nevent: x\n\n: comment\n\n')).toEqual([]);
    expect(heard('data:\n\n')).toEqual(['']);
  });
});
