"""A small desktop on the session bus, for tests: shows notices and tray icons to nobody, and writes them down as JSON
lines on stdout. Lines on stdin are answered or done:
  click ID           a click on the notice
  activate           a click on the tray's icon
  menu               the tray's menu, as {"what": "menu", "items": [[id, depth, label, enabled], …]}
  choose ID          a click on one of its items
  trays on|off       somebody begins or ceases to show trays
Ends when stdin does."""
import json
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()


def say(**what):
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + '\n')
    sys.stdout.flush()


class Notices(dbus.service.Object):
    """https://specifications.freedesktop.org/notification-spec"""
    NAME = 'org.freedesktop.Notifications'

    def __init__(self):
        super().__init__(dbus.service.BusName(self.NAME, bus), '/org/freedesktop/Notifications')
        self.last = 0

    @dbus.service.method(NAME, in_signature='susssasa{sv}i', out_signature='u')
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        self.last = replaces or self.last + 1
        say(what='notice', id=int(self.last), app=str(app), summary=str(summary), body=str(body))
        return dbus.UInt32(self.last)

    @dbus.service.method(NAME, in_signature='u')
    def CloseNotification(self, id):
        self.NotificationClosed(id, 3)

    @dbus.service.method(NAME, out_signature='as')
    def GetCapabilities(self):
        return ['body', 'actions']

    @dbus.service.method(NAME, out_signature='ssss')
    def GetServerInformation(self):
        return ('desktop', 'test', '1', '1.2')

    @dbus.service.signal(NAME, signature='uu')
    def NotificationClosed(self, id, reason):
        pass

    @dbus.service.signal(NAME, signature='us')
    def ActionInvoked(self, id, key):
        pass

    def click(self, id):
        self.ActionInvoked(id, 'default')
        self.NotificationClosed(id, 2)


class Trays(dbus.service.Object):
    """https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher"""
    NAME = 'org.kde.StatusNotifierWatcher'
    PROPERTIES = 'org.freedesktop.DBus.Properties'

    def __init__(self):
        super().__init__(bus, '/StatusNotifierWatcher')
        self.items = []

    @dbus.service.method(NAME, in_signature='s', sender_keyword='sender')
    def RegisterStatusNotifierItem(self, service, sender=None):
        item = (sender, service) if service.startswith('/') else (service, '/StatusNotifierItem')
        self.items.append(item)
        say(what='tray', name=str(item[0]), path=str(item[1]))
        self.StatusNotifierItemRegistered(''.join(item))

    @dbus.service.method(NAME, in_signature='s')
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.signal(NAME, signature='s')
    def StatusNotifierItemRegistered(self, item):
        pass

    @dbus.service.signal(NAME, signature='s')
    def StatusNotifierItemUnregistered(self, item):
        pass

    @dbus.service.method(PROPERTIES, in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        return self.GetAll(interface)[name]

    @dbus.service.method(PROPERTIES, in_signature='s', out_signature='a{sv}')
    def GetAll(self, interface):
        items = dbus.Array([''.join(item) for item in self.items], signature='s')
        return {
            'IsStatusNotifierHostRegistered': dbus.Boolean(True),
            'ProtocolVersion': dbus.Int32(0),
            'RegisteredStatusNotifierItems': items,
        }

    def newest(self):
        name, path = self.items[-1]
        return bus.get_object(name, path, introspect=False)

    def property(self, name):
        return self.newest().Get('org.kde.StatusNotifierItem', name, dbus_interface=self.PROPERTIES)

    def menu(self):
        path = self.property('Menu')
        return dbus.Interface(bus.get_object(self.items[-1][0], path, introspect=False), 'com.canonical.dbusmenu')

    def items_of_menu(self):
        found = []

        def walk(node, depth):
            id, properties, children = node
            label = str(properties.get('label', '')).replace('__', '_')
            found.append([int(id), depth, label, bool(properties.get('enabled', True))])
            for child in children:
                walk(child, depth + 1)

        _, root = self.menu().GetLayout(dbus.Int32(0), dbus.Int32(-1), dbus.Array([], signature='s'))
        for child in root[2]:
            walk(child, 0)
        return found


notices = Notices()
trays = Trays()


def show_trays(is_on):
    if is_on:
        bus.request_name(Trays.NAME)
    else:
        bus.release_name(Trays.NAME)


def obey(line):
    word, _, rest = line.strip().partition(' ')
    if word == 'click':
        notices.click(dbus.UInt32(int(rest)))
    elif word == 'activate':
        trays.newest().Activate(0, 0, dbus_interface='org.kde.StatusNotifierItem')
    elif word == 'menu':
        tip = trays.property('ToolTip')
        say(what='menu', items=trays.items_of_menu(), tooltip=str(tip[2]), pixels=len(trays.property('IconPixmap')))
    elif word == 'choose':
        trays.menu().Event(dbus.Int32(int(rest)), 'clicked', dbus.Int32(0, variant_level=1), dbus.UInt32(0))
    elif word == 'trays':
        show_trays(rest == 'on')
    say(what='done', line=line.strip())


def heard(source, condition):
    line = sys.stdin.readline()
    if line == '':
        loop.quit()
        return False
    try:
        obey(line)
    except Exception as error:
        say(what='fault', line=line.strip(), error=str(error))
    return True


show_trays(True)
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, heard)
say(what='ready')
loop.run()
