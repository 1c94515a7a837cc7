/** https://docs.aws.amazon.com/cli/latest/reference/cloudtrail/ */
import { operation, type Service, type Structure } from "./shape.ts";

const TRAIL: Structure = {
  Name: "string",
  S3BucketName: "string",
  IncludeGlobalServiceEvents: "boolean",
  IsMultiRegionTrail: "boolean",
  HomeRegion: "string",
  TrailARN: "string",
  LogFileValidationEnabled: "boolean",
  HasCustomEventSelectors: "boolean",
  HasInsightSelectors: "boolean",
  IsOrganizationTrail: "boolean",
};

export const cloudtrail: Service = {
  name: "cloudtrail",
  endpoint: "cloudtrail",
  protocol: "json",
  version: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
  global: false,
  operations: [
    operation("DescribeTrails", {}, "", { trailList: [TRAIL] }),
    operation(
      "ListTrails",
      { NextToken: "string" },
      "",
      { Trails: [{ TrailARN: "string", Name: "string", HomeRegion: "string" }] },
      { pages: { lists: ["Trails"], ask: "NextToken", found: "NextToken" } },
    ),
    operation("GetTrailStatus", { Name: "string" }, "Name", { IsLogging: "boolean" }),
    operation(
      "LookupEvents",
      {
        LookupAttributes: [{ AttributeKey: "string", AttributeValue: "string" }],
        StartTime: "timestamp",
        EndTime: "timestamp",
        EventCategory: "string",
        MaxResults: "integer",
        NextToken: "string",
      },
      "",
      {
        Events: [
          {
            EventId: "string",
            EventName: "string",
            ReadOnly: "string",
            AccessKeyId: "string",
            EventTime: "timestamp",
            EventSource: "string",
            Username: "string",
            Resources: [{ ResourceType: "string", ResourceName: "string" }],
            CloudTrailEvent: "string",
          },
        ],
      },
      { pages: { lists: ["Events"], ask: "NextToken", found: "NextToken" } },
    ),
  ],
};
