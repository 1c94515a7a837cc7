/** Names of what the manifest of a lab says in ids. */
import { said } from "../text/said.ts";

export const DIFFICULTIES: Readonly<Record<string, string>> = {
  easy: said("easy"),
  medium: said("medium"),
  hard: said("hard"),
};

export const SERVICES: Readonly<Record<string, string>> = {
  forge: said("forge"),
  pipeline: said("pipeline"),
  database: said("database"),
  registry: said("package registry"),
  mail: said("mail"),
  chat: said("chat"),
  cloud: said("cloud"),
  store: said("secret store"),
};

export const MARKS: Readonly<Record<string, string>> = {
  contained: said("Contained"),
  clean: said("Clean"),
  continuous: said("Continuous"),
  prevented: said("Prevented"),
  answered: said("Answered"),
};
