/** Buckets and what lies in them; services of ECS and what their containers are given. */
import type { ConsoleBucket, ConsoleService, Seen } from "../../worker/protocol.ts";
import { labTime } from "../forge/looking.ts";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { useAsked } from "./asked.ts";
import { CONSOLE } from "./console.ts";
import { Document, IfSeen, WhenThere } from "./parts.tsx";
import { Fold } from "./Policies.tsx";

export function Buckets() {
  const t = useText();
  const asked = useAsked<Seen<readonly ConsoleBucket[]>>(`${CONSOLE}/buckets`);
  return (
    <WhenThere asked={asked}>
      {(buckets) => (
        <IfSeen of={buckets}>
          {(list) =>
            list.length === 0 ? (
              <p class="empty">{t("No bucket in this account.")}</p>
            ) : (
              list.map((bucket) => <BucketSection key={bucket.name} bucket={bucket} />)
            )
          }
        </IfSeen>
      )}
    </WhenThere>
  );
}

function BucketSection({ bucket }: { readonly bucket: ConsoleBucket }) {
  const bench = useBench();
  const t = useText();
  const policy = "seen" in bucket.policy ? bucket.policy.seen : null;
  return (
    <section class="policy-owner" aria-label={bucket.name}>
      <h4>{bucket.name}</h4>
      <p class="small-line">
        {t("in {region}, created {time}", { region: bucket.region, time: labTime(bench, bucket.created) })}
      </p>
      {policy !== null && (
        <Fold name={t("Policy of the bucket")} note="">
          <Document text={policy} label={t("Policy of the bucket")} />
        </Fold>
      )}
      <IfSeen of={bucket.objects}>
        {(objects) =>
          objects.length === 0 ? (
            <p class="small-line">{t("no object")}</p>
          ) : (
            <table class="rows">
              <thead>
                <tr>
                  <th scope="col">{t("Object")}</th>
                  <th scope="col">{t("Size")}</th>
                  <th scope="col">{t("Changed")}</th>
                </tr>
              </thead>
              <tbody>
                {objects.map(({ key, size, modified }) => (
                  <tr key={key}>
                    <th scope="row">
                      <code>{key}</code>
                    </th>
                    <td class="number">{t.many(size, "{n} byte", "{n} bytes")}</td>
                    <td class="time">{labTime(bench, modified)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </IfSeen>
    </section>
  );
}

export function Services() {
  const t = useText();
  const asked = useAsked<Seen<readonly ConsoleService[]>>(`${CONSOLE}/services`);
  return (
    <WhenThere asked={asked}>
      {(services) => (
        <IfSeen of={services}>
          {(list) =>
            list.length === 0 ? (
              <p class="empty">{t("No service runs in this account.")}</p>
            ) : (
              list.map((service) => <ServiceSection key={service.name} service={service} />)
            )
          }
        </IfSeen>
      )}
    </WhenThere>
  );
}

function ServiceSection({ service }: { readonly service: ConsoleService }) {
  const bench = useBench();
  const t = useText();
  const { name, cluster, desired, running, pending, definition, containers, events } = service;
  return (
    <section class="policy-owner" aria-label={name}>
      <h4>{name}</h4>
      <p class="small-line">
        {t("{running} of {desired} run, {pending} start; {definition} in {cluster}", {
          ...{ running, desired, pending, definition, cluster },
        })}
      </p>
      <IfSeen of={containers}>
        {(list) => (
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">{t("Container")}</th>
                <th scope="col">{t("Image")}</th>
                <th scope="col">{t("Variables, without their values")}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((it) => (
                <tr key={it.name}>
                  <th scope="row">{it.name}</th>
                  <td>
                    <code>{it.image}</code>
                  </td>
                  <td>
                    <code>{it.environment.join(" ")}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </IfSeen>
      {events[0] && (
        <p class="small-line">
          {labTime(bench, events[0].at)}: {events[0].message}
        </p>
      )}
    </section>
  );
}
