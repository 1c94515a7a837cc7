import sodium from "libsodium-wrappers";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { fromUtf8, toUtf8 } from "../../../../base/bytes.ts";
import { open, publicKeyOf, seal } from "./sealed-box.ts";

beforeAll(() => sodium.ready);

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const message = fc.uint8Array({ maxLength: 300 });

test("what is sealed for a key opens with it, and only as it was", () => {
  fc.assert(
    fc.property(message, key, key, fc.nat(), (bytes, secret, ephemeral, at) => {
      const sealed = seal(bytes, publicKeyOf(secret), ephemeral);
      expect(open(sealed, secret)).toEqual(bytes);
      const changed = sealed.slice();
      const place = 32 + (at % (sealed.length - 32));
      changed[place] = (changed[place] as number) ^ 1;
      expect(open(changed, secret)).toBeNull();
    }),
    { numRuns: 30, seed: 1 },
  );
});

test("another key does not open it", () => {
  fc.assert(
    fc.property(message, key, key, key, (bytes, secret, other, ephemeral) => {
      fc.pre(publicKeyOf(secret).join() !== publicKeyOf(other).join());
      expect(open(seal(bytes, publicKeyOf(secret), ephemeral), other)).toBeNull();
    }),
    { numRuns: 20, seed: 2 },
  );
});

test("libsodium seals, we open", () => {
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  const opened = open(sodium.crypto_box_seal("wörd\nof the gate", publicKey), privateKey);
  expect(opened && toUtf8(opened)).toBe("wörd\nof the gate");
});

test("we seal, libsodium opens", () => {
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  const sealed = seal(fromUtf8("tide"), publicKey, new Uint8Array(32).fill(7));
  expect(toUtf8(sodium.crypto_box_seal_open(sealed, publicKey, privateKey))).toBe("tide");
});

test.each([
  ["nothing", new Uint8Array()],
  ["too short", new Uint8Array(47)],
  ["a sender's key of low order", new Uint8Array(80)],
])("%s opens to nothing", (_, bytes) => {
  expect(open(bytes, new Uint8Array(32).fill(9))).toBeNull();
});
