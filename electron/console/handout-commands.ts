/** The commands about handing out: checked here, carried out by the handout. */
import type { Application } from './application.ts';
import type { CommandName, HandoutView } from './contract.ts';
import { type Handlers, known } from './handlers.ts';
import type { Handout } from './handout.ts';
import { Refusal } from './refusal.ts';

type HandoutCommand = Extract<CommandName, `clients.${string}` | `handout.${string}`>;

export const handoutHandlers: Pick<Handlers, HandoutCommand> = {
  'clients.create': (app, input) => handoutOf(app).createClient(input),
  'clients.list': (app) => ({ rows: [...handoutOf(app).view().clients] }),
  'clients.revoke': (app, { id }) => {
    handoutOf(app).revokeClient(id);
    return { revoked: true };
  },
  'handout.get': (app) => handoutOf(app).view(),
  'handout.setGateway': (app, settings) => changed(app, (handout) => handout.setGateway(settings)),
  'handout.setRedis': (app, input) => changed(app, (handout) => handout.setRedis(input)),
  'handout.setAccount': async (app, { appId, file, targets }) => {
    await known(app, appId);
    return changed(app, (handout) => handout.setAccount(appId, file, targets));
  },
};

async function changed(app: Application, change: (handout: Handout) => Promise<void>): Promise<HandoutView> {
  const handout = handoutOf(app);
  await change(handout);
  return handout.view();
}

function handoutOf(app: Application): Handout {
  if (!app.handout) throw new Refusal('unknown-command', 'This console hands nothing out.');
  return app.handout;
}
