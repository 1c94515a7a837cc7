/** What the real tool has and LeakLab has not: it gets another answer than a mistyped name does. */

export const ABSENT_COMMANDS: ReadonlySet<string> = new Set(
  "accessanalyzer acm apigateway athena autoscaling backup batch budgets cloudformation cloudfront cloudwatch codeartifact codebuild codecommit codedeploy codepipeline cognito-idp configservice deploy detective dynamodb ec2 ecr ecr-public efs eks elasticache elasticbeanstalk elb elbv2 emr events firehose fsx glue guardduty health iam-identity-center inspector2 iot kafka kinesis kms lambda lightsail logs macie2 opensearch organizations pipes rds redshift resource-groups rolesanywhere route53 s3control sagemaker secretsmanager securityhub ses sns sqs ssm sso sso-oidc stepfunctions support trustedadvisor waf wafv2 xray history cli-dev login logout".split(
    " ",
  ),
);
