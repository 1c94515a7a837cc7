/**
 * Policies that AWS manages, as far as labs attach them. Shortened where the real document names services that are not
 * here; what they allow of what is here is the same.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */

export interface AwsPolicy {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly statements: readonly object[];
}

const READ = ["Describe*", "Get*", "List*", "Lookup*"];

function reading(services: readonly string[]): string[] {
  return services.flatMap((service) => READ.map((verb) => `${service}:${verb}`));
}

function allow(action: string | readonly string[]): object {
  return { Effect: "Allow", Action: action, Resource: "*" };
}

function policy(name: string, description: string, statements: readonly object[], path = "/"): AwsPolicy {
  return { name, path, description, statements };
}

/** What AWS attaches to a user whose key was found in public. It stops what costs most, and leaves the rest. */
export const QUARANTINE = "AWSCompromisedKeyQuarantineV3";

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html */
const QUARANTINED = [
  "cloudtrail:LookupEvents",
  "ec2:RequestSpotInstances",
  "ec2:RunInstances",
  "ec2:StartInstances",
  "ecs:CreateCluster",
  "ecs:CreateService",
  "ecs:RegisterTaskDefinition",
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:ChangePassword",
  "iam:CreateAccessKey",
  "iam:CreateInstanceProfile",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:CreateRole",
  "iam:CreateUser",
  "iam:DetachUserPolicy",
  "iam:PassRole",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAccessKey",
  "iam:UpdateAccountPasswordPolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "iam:UpdateUser",
  "lambda:AddLayerVersionPermission",
  "lambda:CreateFunction",
  "lambda:InvokeFunction",
  "organizations:CreateAccount",
  "organizations:CreateOrganization",
  "organizations:InviteAccountToOrganization",
  "s3:DeleteBucket",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutLifecycleConfiguration",
  "s3:PutBucketAcl",
  "s3:PutBucketOwnershipControls",
  "s3:DeleteBucketPolicy",
  "s3:ObjectOwnerOverrideToBucketOwner",
  "s3:PutAccountPublicAccessBlock",
  "s3:PutBucketPolicy",
  "savingsplans:CreateSavingsPlan",
  "ses:GetSendQuota",
  "ses:SendEmail",
  "sns:GetSMSAttributes",
  "sts:GetFederationToken",
  "sts:GetSessionToken",
];

export const AWS_POLICIES: readonly AwsPolicy[] = [
  policy("AdministratorAccess", "Provides full access to AWS services and resources.", [allow("*")]),
  policy(
    "PowerUserAccess",
    "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
    [
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      allow([
        "account:GetAccountInformation",
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
        "iam:ListRoles",
      ]),
    ],
  ),
  policy("ReadOnlyAccess", "Provides read-only access to AWS services and resources.", [
    allow(reading(["cloudtrail", "ecs", "iam", "s3", "sts"])),
  ]),
  policy(
    "SecurityAudit",
    "The security audit template grants access to read security configuration metadata.",
    [
      allow([
        ...["cloudtrail:DescribeTrails", "cloudtrail:Get*", "cloudtrail:List*", "cloudtrail:LookupEvents"],
        ...["ecs:Describe*", "ecs:List*", "iam:GenerateCredentialReport", "iam:Get*", "iam:List*"],
        ...["s3:GetBucket*", "s3:GetAccountPublicAccessBlock", "s3:ListAllMyBuckets"],
      ]),
    ],
  ),
  policy("IAMFullAccess", "Provides full access to IAM via the AWS Management Console.", [
    allow(["iam:*", "organizations:DescribeAccount", "organizations:ListPolicies"]),
  ]),
  policy("IAMReadOnlyAccess", "Provides read only access to IAM via the AWS Management Console.", [
    allow([
      "iam:GenerateCredentialReport",
      "iam:Get*",
      "iam:List*",
      "iam:SimulateCustomPolicy",
      "iam:SimulatePrincipalPolicy",
    ]),
  ]),
  policy("IAMUserChangePassword", "Provides the ability for an IAM user to change their own password.", [
    { Effect: "Allow", Action: ["iam:ChangePassword"], Resource: ["arn:aws:iam::*:user/${aws:username}"] },
    allow(["iam:GetAccountPasswordPolicy"]),
  ]),
  policy("AmazonS3FullAccess", "Provides full access to all buckets via the AWS Management Console.", [
    allow(["s3:*", "s3-object-lambda:*"]),
  ]),
  policy(
    "AmazonS3ReadOnlyAccess",
    "Provides read only access to all buckets via the AWS Management Console.",
    [allow(["s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"])],
  ),
  policy("AmazonECS_FullAccess", "Provides administrative access to Amazon ECS resources.", [
    allow(["ecs:*", "iam:ListRoles"]),
  ]),
  policy("AWSCloudTrail_ReadOnlyAccess", "This policy grants read-only access to AWS CloudTrail.", [
    allow(["cloudtrail:Describe*", "cloudtrail:Get*", "cloudtrail:List*", "cloudtrail:LookupEvents"]),
  ]),
  policy("AWSCloudTrail_FullAccess", "Provides full access to AWS CloudTrail.", [allow("cloudtrail:*")]),
  policy(
    QUARANTINE,
    "Denies access to certain actions, applied by the AWS team in the event that an IAM user's credentials have been compromised or exposed publicly.",
    [{ Effect: "Deny", Action: QUARANTINED, Resource: ["*"] }],
  ),
];

/** "arn:aws:iam::aws:policy/ReadOnlyAccess". */
export function awsPolicyArn({ name, path }: Pick<AwsPolicy, "name" | "path">): string {
  return `arn:aws:iam::aws:policy${path}${name}`;
}

export function awsPolicy(arn: string): AwsPolicy | undefined {
  return AWS_POLICIES.find((it) => awsPolicyArn(it) === arn);
}

/** ARN of a policy by its name alone; undefined where AWS has none of that name here. */
export function awsPolicyNamed(name: string): string | undefined {
  const found = AWS_POLICIES.find((it) => it.name === name);
  return found && awsPolicyArn(found);
}

export function awsDocument({ statements }: AwsPolicy): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
