/** Identity providers (OpenID Connect). https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
import { iamArn } from "../account.ts";
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import { OIDC_PROVIDERS, type OidcProvider } from "../model.ts";
import {
  alreadyExists,
  DONE,
  isoTime,
  limitExceeded,
  noSuchEntity,
  validationError,
  type IamCall,
  type IamOperation,
  type IamResult,
} from "./operation.ts";

const MOST_CLIENTS = 100;

function create(call: IamCall): IamResult | CloudError {
  const { ports, parameters } = call;
  const url = parameters.get("Url") ?? "";
  if (!/^https:\/\/[a-z0-9.-]+(?:\/[\w./-]*)?$/i.test(url))
    return validationError("Invalid Open ID Connect Provider URL");
  const thumbprints = thumbprintsOf(call);
  if (isCloudError(thumbprints)) return thumbprints;
  const name = url.slice("https://".length).replace(/\/$/, "");
  const arn = iamArn(ports, `oidc-provider/${name}`);
  if (ports.tables.of(OIDC_PROVIDERS).has(arn))
    return alreadyExists(`Provider with url ${url} already exists.`);
  ports.tables.of(OIDC_PROVIDERS).set(arn, {
    ...{ arn, thumbprints, url: name },
    clientIds: [...new Set(parameters.list("ClientIDList"))],
    createdAtMs: ports.now(),
  });
  return {
    xml: { OpenIDConnectProviderArn: arn },
    response: { openIDConnectProviderArn: arn },
    resources: [resource(arn)],
  };
}

/** SHA-1 of a certificate. AWS trusts well-known authorities itself: the list may be empty. */
function thumbprintsOf({ parameters }: IamCall): string[] | CloudError {
  const list = parameters.list("ThumbprintList");
  if (list.every((it) => /^[0-9a-f]{40}$/i.test(it))) return list;
  return cloudError(
    "InvalidInput",
    "Thumbprint list must contain fewer than 5 entries of 40 hexadecimal digits.",
  );
}

function resource(name: string): { type: string; name: string } {
  return { type: "AWS::IAM::OIDCProvider", name };
}

function providerArn({ parameters }: IamCall): string {
  return parameters.get("OpenIDConnectProviderArn") ?? "";
}

function find(call: IamCall): OidcProvider | CloudError {
  const arn = providerArn(call);
  return (
    call.ports.tables.of(OIDC_PROVIDERS).get(arn) ??
    noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`)
  );
}

function get(call: IamCall): IamResult | CloudError {
  const provider = find(call);
  if (isCloudError(provider)) return provider;
  const { url, clientIds, thumbprints, createdAtMs } = provider;
  return {
    xml: {
      Url: url,
      ClientIDList: clientIds,
      ThumbprintList: thumbprints,
      CreateDate: isoTime(createdAtMs),
    },
  };
}

function list({ ports }: IamCall): IamResult {
  const providers = ports.tables.of(OIDC_PROVIDERS).all();
  return { xml: { OpenIDConnectProviderList: providers.map(({ arn }) => ({ Arn: arn })) } };
}

/** Deleting one that is not there is no error. */
function remove(call: IamCall): IamResult {
  call.ports.tables.of(OIDC_PROVIDERS).delete(providerArn(call));
  return { ...DONE, resources: [resource(providerArn(call))] };
}

function change(call: IamCall, fields: (provider: OidcProvider) => Partial<OidcProvider> | CloudError) {
  const provider = find(call);
  if (isCloudError(provider)) return provider;
  const changed = fields(provider);
  if (isCloudError(changed)) return changed;
  call.ports.tables.of(OIDC_PROVIDERS).change(provider.arn, changed as Partial<OidcProvider>);
  return { ...DONE, resources: [resource(provider.arn)] };
}

function addClient(call: IamCall): IamResult | CloudError {
  const id = call.parameters.get("ClientID") ?? "";
  return change(call, ({ clientIds }) =>
    clientIds.length >= MOST_CLIENTS
      ? limitExceeded(`Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MOST_CLIENTS}`)
      : { clientIds: [...new Set([...clientIds, id])] },
  );
}

function removeClient(call: IamCall): IamResult | CloudError {
  const id = call.parameters.get("ClientID") ?? "";
  return change(call, ({ clientIds }) => ({ clientIds: clientIds.filter((it) => it !== id) }));
}

function setThumbprints(call: IamCall): IamResult | CloudError {
  const thumbprints = thumbprintsOf(call);
  return isCloudError(thumbprints) ? thumbprints : change(call, () => ({ thumbprints }));
}

const named = { needs: ["OpenIDConnectProviderArn"], resource: providerArn };
const write = { readOnly: false };

export const providerOperations: readonly IamOperation[] = [
  {
    ...{ name: "CreateOpenIDConnectProvider", ...write, needs: ["Url"], run: create },
    resource: ({ ports, parameters }) =>
      iamArn(ports, `oidc-provider/${(parameters.get("Url") ?? "").replace(/^https:\/\//, "")}`),
  },
  { name: "GetOpenIDConnectProvider", readOnly: true, ...named, run: get },
  {
    ...{ name: "ListOpenIDConnectProviders", readOnly: true, run: list },
    resource: ({ ports }) => iamArn(ports, "oidc-provider/*"),
  },
  { name: "DeleteOpenIDConnectProvider", ...write, ...named, run: remove },
  {
    ...{ name: "AddClientIDToOpenIDConnectProvider", ...write, ...named, run: addClient },
    needs: ["OpenIDConnectProviderArn", "ClientID"],
  },
  {
    ...{ name: "RemoveClientIDFromOpenIDConnectProvider", ...write, ...named, run: removeClient },
    needs: ["OpenIDConnectProviderArn", "ClientID"],
  },
  { name: "UpdateOpenIDConnectProviderThumbprint", ...write, ...named, run: setThumbprints },
];
