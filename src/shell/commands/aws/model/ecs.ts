/** https://docs.aws.amazon.com/cli/latest/reference/ecs/ */
import { operation, type Service, type Structure } from "./shape.ts";

const VALUE = { name: "string", value: "string" } as const;
const FAILURE: Structure = { arn: "string", reason: "string", detail: "string" };

const CONTAINER: Structure = {
  name: "string",
  image: "string",
  cpu: "integer",
  memory: "integer",
  portMappings: [{ containerPort: "integer", hostPort: "integer", protocol: "string" }],
  essential: "boolean",
  command: ["string"],
  environment: [VALUE],
  secrets: [{ name: "string", valueFrom: "string" }],
};

const DEFINITION: Structure = {
  taskDefinitionArn: "string",
  containerDefinitions: [CONTAINER],
  family: "string",
  taskRoleArn: "string",
  executionRoleArn: "string",
  networkMode: "string",
  revision: "integer",
  status: "string",
  requiresCompatibilities: ["string"],
  cpu: "string",
  memory: "string",
  registeredAt: "timestamp",
  registeredBy: "string",
};

const CONFIGURATION: Structure = {
  deploymentCircuitBreaker: { enable: "boolean", rollback: "boolean" },
  maximumPercent: "integer",
  minimumHealthyPercent: "integer",
};

const SERVICE: Structure = {
  serviceArn: "string",
  serviceName: "string",
  clusterArn: "string",
  status: "string",
  desiredCount: "integer",
  runningCount: "integer",
  pendingCount: "integer",
  launchType: "string",
  taskDefinition: "string",
  deploymentConfiguration: CONFIGURATION,
  deployments: [
    {
      id: "string",
      status: "string",
      taskDefinition: "string",
      desiredCount: "integer",
      pendingCount: "integer",
      runningCount: "integer",
      failedTasks: "integer",
      createdAt: "timestamp",
      updatedAt: "timestamp",
      launchType: "string",
      rolloutState: "string",
      rolloutStateReason: "string",
    },
  ],
  events: [{ id: "string", createdAt: "timestamp", message: "string" }],
  createdAt: "timestamp",
  createdBy: "string",
};

const TASK: Structure = {
  clusterArn: "string",
  containers: [
    {
      containerArn: "string",
      taskArn: "string",
      name: "string",
      image: "string",
      imageDigest: "string",
      lastStatus: "string",
      healthStatus: "string",
    },
  ],
  createdAt: "timestamp",
  desiredStatus: "string",
  group: "string",
  healthStatus: "string",
  lastStatus: "string",
  launchType: "string",
  startedAt: "timestamp",
  startedBy: "string",
  stoppedAt: "timestamp",
  stoppedReason: "string",
  taskArn: "string",
  taskDefinitionArn: "string",
};

const CLUSTER: Structure = {
  clusterArn: "string",
  clusterName: "string",
  status: "string",
  activeServicesCount: "integer",
  runningTasksCount: "integer",
};

const PAGE = { nextToken: "string", maxResults: "integer" } as const;

function pages(list: string) {
  return { pages: { lists: [list], ask: "nextToken", found: "nextToken" } };
}

export const ecs: Service = {
  name: "ecs",
  endpoint: "ecs",
  protocol: "json",
  version: "AmazonEC2ContainerServiceV20141113",
  global: false,
  operations: [
    operation("CreateCluster", { clusterName: "string" }, "", { cluster: CLUSTER }),
    operation("DescribeClusters", { clusters: ["string"] }, "", { clusters: [CLUSTER], failures: [FAILURE] }),
    operation("StopTask", { cluster: "string", task: "string", reason: "string" }, "task", { task: TASK }),
    operation("ListClusters", PAGE, "", { clusterArns: ["string"] }, pages("clusterArns")),
    operation(
      "ListServices",
      { cluster: "string", ...PAGE, launchType: "string" },
      "",
      { serviceArns: ["string"] },
      pages("serviceArns"),
    ),
    operation(
      "DescribeServices",
      { cluster: "string", services: ["string"], include: ["string"] },
      "services",
      {
        services: [SERVICE],
        failures: [FAILURE],
      },
    ),
    operation(
      "CreateService",
      {
        cluster: "string",
        serviceName: "string",
        taskDefinition: "string",
        desiredCount: "integer",
        launchType: "string",
        deploymentConfiguration: CONFIGURATION,
      },
      "serviceName",
      { service: SERVICE },
    ),
    operation(
      "UpdateService",
      {
        cluster: "string",
        service: "string",
        desiredCount: "integer",
        taskDefinition: "string",
        deploymentConfiguration: CONFIGURATION,
        forceNewDeployment: "boolean",
      },
      "service",
      { service: SERVICE },
    ),
    operation(
      "ListTasks",
      { cluster: "string", serviceName: "string", family: "string", desiredStatus: "string", ...PAGE },
      "",
      { taskArns: ["string"] },
      pages("taskArns"),
    ),
    operation("DescribeTasks", { cluster: "string", tasks: ["string"], include: ["string"] }, "tasks", {
      tasks: [TASK],
      failures: [FAILURE],
    }),
    operation(
      "ListTaskDefinitions",
      { familyPrefix: "string", status: "string", sort: "string", ...PAGE },
      "",
      { taskDefinitionArns: ["string"] },
      pages("taskDefinitionArns"),
    ),
    operation("DescribeTaskDefinition", { taskDefinition: "string", include: ["string"] }, "taskDefinition", {
      taskDefinition: DEFINITION,
    }),
    operation(
      "RegisterTaskDefinition",
      {
        family: "string",
        taskRoleArn: "string",
        executionRoleArn: "string",
        networkMode: "string",
        containerDefinitions: [CONTAINER],
        requiresCompatibilities: ["string"],
        cpu: "string",
        memory: "string",
      },
      "family containerDefinitions",
      { taskDefinition: DEFINITION },
    ),
    operation("DeregisterTaskDefinition", { taskDefinition: "string" }, "taskDefinition", {
      taskDefinition: DEFINITION,
    }),
  ],
};
