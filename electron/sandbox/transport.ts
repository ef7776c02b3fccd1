/** How an answer, or the fault in its place, goes out over a socket. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { TransportFault } from './faults.ts';

const JSON_HEADERS = { 'Content-Type': 'application/json; encoding=utf-8' };
const PAGE_HEADERS = { 'Content-Type': 'text/html; charset=utf-8' };
const CAPTIVE_PAGE =
  '<!doctype html><html lang="en"><title>Sign in to this network</title><p>Please sign in.</p></html>';
/** Where a redirect points: at this sandbox, so that a call that follows it is seen. */
const REDIRECTED_TO = '/sign-in';

/** `date` is the sandbox's clock, ms. */
export function send(
  response: ServerResponse,
  json: string,
  fault: TransportFault | null,
  date: number,
): void {
  response.setHeader('Date', new Date(date).toUTCString());
  if (fault === null) answer(response, json);
  else fail(response, json, fault);
}

function fail(response: ServerResponse, json: string, fault: TransportFault): void {
  switch (fault.kind) {
    case 'slow':
      answerLate(response, json, fault.ms);
      break;
    case 'no-answer':
      // The connection stays open until the caller gives up or the sandbox closes.
      break;
    case 'cut-off':
      answerHalf(response, json);
      break;
    case 'broken-json':
      answer(response, json.slice(0, -1));
      break;
    case 'captive-page':
      page(response, 200, CAPTIVE_PAGE);
      break;
    case 'status':
      page(response, fault.status, `<html><h1>${fault.status}</h1></html>`);
      break;
    case 'oversized':
      response.writeHead(200, JSON_HEADERS);
      Readable.from(padding(fault.bytes)).pipe(response);
      break;
    case 'redirect':
      response.writeHead(302, { Location: REDIRECTED_TO }).end();
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
  }
}

function answer(response: ServerResponse, json: string): void {
  response.writeHead(200, { ...JSON_HEADERS, 'Content-Length': Buffer.byteLength(json) }).end(json);
}

function answerLate(response: ServerResponse, json: string, ms: number): void {
  const timer = setTimeout(() => answer(response, json), ms);
  response.once('close', () => clearTimeout(timer));
}

function answerHalf(response: ServerResponse, json: string): void {
  response.writeHead(200, { ...JSON_HEADERS, 'Content-Length': Buffer.byteLength(json) });
  response.write(json.slice(0, json.length / 2), () => response.destroy());
}

function page(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, PAGE_HEADERS).end(html);
}

/** Sound JSON of about this size, in pieces and without a Content-Length, so that a caller has to count. */
function* padding(bytes: number) {
  const piece = ' '.repeat(64 * 1024);
  yield '{"padding":"';
  for (let left = bytes; left > 0; left -= piece.length) yield piece.slice(0, left);
  yield '"}';
}
