/**
 * The commands that the start of a lab and the first `git status` call, under one address: asked for one after another,
 * each would wait for an answer of the network.
 */
import { add } from "./add.ts";
import { commit } from "./commit.ts";
import { config } from "./config.ts";
import { init } from "./init.ts";
import { push } from "./push.ts";
import { remote } from "./remote.ts";
import { rm } from "./rm.ts";
import { stash } from "./stash.ts";
import { status } from "./status.ts";
import { switchCommand } from "./switch.ts";

export const first = { add, commit, config, init, push, remote, rm, stash, status, switchCommand };
