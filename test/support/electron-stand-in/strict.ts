/** Objects that say loudly what they lack, and events as Electron hands them out. */
import { EventEmitter } from 'node:events';
import { fault } from './world.ts';

/** Looked at by the language and its tools on any object. */
const LOOKED_AT = new Set(['then', 'toJSON', 'nodeType', '__esModule', 'default']);

/** `members`, but what is not among them throws and is noted as a fault. */
export function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || LOOKED_AT.has(key))
        return Reflect.get(target, key, receiver);
      throw fault(`stand-in: electron.${name}.${key} is not there`);
    },
  });
}

/** Makes `members` an event emitter; getters among them stay getters. */
export function withEvents<T extends object>(members: T): T & EventEmitter {
  Object.setPrototypeOf(members, EventEmitter.prototype);
  Reflect.apply(EventEmitter, members, []);
  return members as T & EventEmitter;
}

export interface MadeEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function makeEvent<T extends object>(more: T): T & MadeEvent {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}

/** Emits an event that can be prevented; true when it was. */
export function isPrevented(
  emitter: EventEmitter,
  name: string,
  more: object = {},
  ...args: unknown[]
): boolean {
  const event = makeEvent(more);
  emitter.emit(name, event, ...args);
  return event.defaultPrevented;
}
