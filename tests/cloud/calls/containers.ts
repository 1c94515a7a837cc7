/** Clusters, services and tasks. */
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  TagResourceCommand,
  UpdateServiceCommand,
  type ECSClient,
} from "@aws-sdk/client-ecs";
import { expect } from "vitest";
import type { StorageClients, StorageRow } from "../storage.ts";

const C = { cluster: "production" };
const S = { ...C, service: "tides-api" };
const any = (type: unknown) => expect.any(type as never) as unknown;
const arn = (end: string) =>
  expect.stringMatching(new RegExp(`^arn:aws:ecs:eu-north-1:\\d{12}:${end}$`)) as unknown;

const register = (ecs: ECSClient, image: string, more: object = {}) =>
  ecs.send(
    new RegisterTaskDefinitionCommand({
      family: "tides-api",
      cpu: "256",
      containerDefinitions: [
        { name: "api", image, environment: [{ name: "LEVEL", value: "info" }], ...more },
      ],
    }),
  );

const describe = (ecs: ECSClient) => ecs.send(new DescribeServicesCommand({ ...C, services: ["tides-api"] }));
const tasks = async (ecs: ECSClient) => {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ ...C, serviceName: "tides-api" }));
  return ecs.send(new DescribeTasksCommand({ ...C, tasks: taskArns }));
};

/** Virtual time passes, and then it is asked. */
const after =
  (seconds: number, ask: (ecs: ECSClient) => Promise<object>) =>
  async ({ ecs, world }: StorageClients) => {
    await world.advance(seconds * 1000);
    ecs.config.systemClockOffset = world.clock.now() - Date.now();
    return ask(ecs);
  };

export const containerCalls: readonly StorageRow[] = [
  [
    "services of no cluster",
    "admin",
    ({ ecs }) => ecs.send(new ListServicesCommand(C)),
    "ClusterNotFoundException",
  ],
  [
    "a cluster",
    "admin",
    ({ ecs }) => ecs.send(new CreateClusterCommand({ clusterName: "production" })),
    { cluster: { clusterArn: arn("cluster/production"), status: "ACTIVE" } },
  ],
  [
    "clusters",
    "admin",
    ({ ecs }) => ecs.send(new ListClustersCommand({})),
    { clusterArns: [arn("cluster/production")] },
  ],
  [
    "two clusters, one of them there",
    "admin",
    ({ ecs }) => ecs.send(new DescribeClustersCommand({ clusters: ["production", "x"] })),
    { clusters: [{ clusterName: "production" }], failures: [{ reason: "MISSING" }] },
  ],
  [
    "a task definition",
    "admin",
    ({ ecs }) => register(ecs, "registry.test/tides-api:1"),
    {
      taskDefinition: {
        family: "tides-api",
        revision: 1,
        status: "ACTIVE",
        cpu: "256",
        registeredAt: any(Date),
      },
    },
  ],
  [
    "one without containers",
    "admin",
    ({ ecs }) => ecs.send(new RegisterTaskDefinitionCommand({ family: "x", containerDefinitions: [] })),
    "ClientException",
  ],
  [
    "one with what is not simulated",
    "admin",
    ({ ecs }) => register(ecs, "i", { secrets: [{ name: "A", valueFrom: "arn" }] }),
    "ClientException",
  ],
  ["one, who may not", "reader", ({ ecs }) => register(ecs, "i"), "AccessDeniedException"],
  ["one, with a wrong secret", "wrong", ({ ecs }) => register(ecs, "i"), "InvalidSignatureException"],
  ["one, by nobody", "nobody", ({ ecs }) => register(ecs, "i"), "MissingAuthenticationTokenException"],
  [
    "a service of nothing",
    "admin",
    ({ ecs }) => ecs.send(new CreateServiceCommand({ ...C, serviceName: "s", taskDefinition: "none" })),
    "ClientException",
  ],
  [
    "a service",
    "admin",
    ({ ecs }) =>
      ecs.send(
        new CreateServiceCommand({
          ...C,
          serviceName: "tides-api",
          taskDefinition: "tides-api",
          desiredCount: 3,
        }),
      ),
    { service: { runningCount: 3, status: "ACTIVE", deployments: [{ rolloutState: "COMPLETED" }] } },
  ],
  [
    "it again",
    "admin",
    ({ ecs }) =>
      ecs.send(new CreateServiceCommand({ ...C, serviceName: "tides-api", taskDefinition: "tides-api" })),
    "InvalidParameterException",
  ],
  [
    "services",
    "admin",
    ({ ecs }) => ecs.send(new ListServicesCommand(C)),
    { serviceArns: [arn("service/production/tides-api")] },
  ],
  [
    "its tasks",
    "admin",
    ({ ecs }) => tasks(ecs),
    {
      tasks: [
        {
          lastStatus: "RUNNING",
          healthStatus: "HEALTHY",
          group: "service:tides-api",
          containers: [
            { name: "api", imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown },
          ],
        },
        {},
        {},
      ],
      failures: [],
    },
  ],
  [
    "a second revision",
    "admin",
    ({ ecs }) => register(ecs, "registry.test/tides-api:2"),
    { taskDefinition: { revision: 2 } },
  ],
  [
    "revisions, newest first",
    "admin",
    ({ ecs }) => ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: "tides-api", sort: "DESC" })),
    { taskDefinitionArns: [arn("task-definition/tides-api:2"), arn("task-definition/tides-api:1")] },
  ],
  [
    "one of them",
    "admin",
    ({ ecs }) => ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: "tides-api:1" })),
    {
      taskDefinition: {
        revision: 1,
        containerDefinitions: [{ environment: [{ name: "LEVEL", value: "info" }] }],
      },
    },
  ],
  [
    "none",
    "admin",
    ({ ecs }) => ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: "tides-api:9" })),
    "ClientException",
  ],
  [
    "a deploy",
    "admin",
    ({ ecs }) => ecs.send(new UpdateServiceCommand({ ...S, taskDefinition: "tides-api:2" })),
    {
      service: {
        deployments: [
          { status: "PRIMARY", pendingCount: 1, rolloutState: "IN_PROGRESS" },
          { status: "ACTIVE", runningCount: 3 },
        ],
      },
    },
  ],
  [
    "a deploy of what is not there",
    "admin",
    ({ ecs }) => ecs.send(new UpdateServiceCommand({ ...C, service: "x" })),
    "ServiceNotFoundException",
  ],
  [
    "a deploy, who may not",
    "reader",
    ({ ecs }) => ecs.send(new UpdateServiceCommand(S)),
    "AccessDeniedException",
  ],
  [
    "after 30 seconds one is new",
    "admin",
    after(30, describe),
    { services: [{ runningCount: 3, deployments: [{ runningCount: 1 }, { runningCount: 2 }] }] },
  ],
  [
    "after a minute and a half all are",
    "admin",
    after(60, describe),
    {
      services: [
        {
          runningCount: 3,
          deployments: [{ runningCount: 3, rolloutState: "COMPLETED" }],
          events: [{ message: "(service tides-api) has reached a steady state." }, {}],
        },
      ],
    },
  ],
  [
    "which run the new revision",
    "admin",
    ({ ecs }) => tasks(ecs),
    { tasks: [1, 2, 3].map(() => ({ taskDefinitionArn: arn("task-definition/tides-api:2") })) },
  ],
  [
    "the old ones have stopped",
    "admin",
    ({ ecs }) => ecs.send(new ListTasksCommand({ ...C, desiredStatus: "STOPPED" })),
    { taskArns: [any(String), any(String), any(String)] },
  ],
  [
    "fewer",
    "admin",
    ({ ecs }) => ecs.send(new UpdateServiceCommand({ ...S, desiredCount: 2 })),
    { service: { desiredCount: 2, runningCount: 2 } },
  ],
  [
    "a task that is stopped is replaced",
    "admin",
    async ({ ecs }) => {
      const { taskArns = [] } = await ecs.send(new ListTasksCommand({ ...C, serviceName: "tides-api" }));
      await ecs.send(new StopTaskCommand({ ...C, task: taskArns[0] }));
      return describe(ecs);
    },
    { services: [{ runningCount: 2 }] },
  ],
  [
    "a service that is not there",
    "admin",
    ({ ecs }) => ecs.send(new DescribeServicesCommand({ ...C, services: ["x"] })),
    { services: [], failures: [{ reason: "MISSING" }] },
  ],
  [
    "no service",
    "admin",
    ({ ecs }) => ecs.send(new DescribeServicesCommand({ ...C, services: [] })),
    "InvalidParameterException",
  ],
  [
    "a revision no more",
    "admin",
    ({ ecs }) => ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: "tides-api:1" })),
    { taskDefinition: { status: "INACTIVE" } },
  ],
  [
    "what is not simulated",
    "admin",
    ({ ecs }) => ecs.send(new TagResourceCommand({ resourceArn: "x", tags: [] })),
    "UnknownOperationException",
  ],
];
