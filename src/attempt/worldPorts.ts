/** What a world of a lab needs from above it: detection, pipelines, stories, attackers. */
import type { LabBundle } from "../lab/bundle.ts";
import type { Documents } from "../pipeline/documents.ts";
import type { DetectSecrets } from "../world/services/forge/model.ts";
import type { WorldPorts } from "../world/world.ts";
import { attackersHear } from "./attackers.ts";
import { cloudHears } from "./cloudExposure.ts";
import { playEvent } from "./eventPlay.ts";
import type { Setting } from "./input.ts";
import { noPipeline, PIPELINE_HOSTS, pipelinePort } from "./pipelinePort.ts";
import { answerChat, answerMail } from "./replies.ts";
import { hearing } from "./timetable.ts";

export interface WorldPortsOptions {
  readonly bundle: LabBundle;
  readonly setting: Setting;
  readonly detect: DetectSecrets;
  /** Workflow files that worlds before this one parsed. */
  readonly documents?: Documents;
}

export function worldPorts({ bundle, setting, detect, documents }: WorldPortsOptions): WorldPorts {
  const { services, pipeline } = bundle.manifest;
  const heardByStories = hearing(bundle.manifest, setting);
  const heardByColleagues = answerChat(bundle, setting);
  const heardByCloud = cloudHears(bundle.manifest, setting);
  const heardByAttackers = attackersHear(bundle.manifest, setting);
  return {
    detect,
    happenings: {
      pipeline: services.includes("pipeline") ? pipelinePort(pipeline.stepSeconds, documents) : noPipeline,
      mail: (world, due) => answerMail(world, bundle, setting, due),
      story: (world, due) => playEvent(world, bundle, setting, due),
    },
    hosts: PIPELINE_HOSTS,
    heard: (world, event) => {
      heardByStories(world, event);
      heardByCloud(world, event);
      heardByAttackers(world, event);
      heardByColleagues(world, event);
    },
  };
}
