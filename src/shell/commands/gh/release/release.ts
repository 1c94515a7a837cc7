/** `gh release`. https://cli.github.com/manual/gh_release */
import type { GhGroup } from "../command.ts";
import { releaseCreate } from "./create.ts";
import { releaseDelete, releaseDeleteAsset } from "./delete.ts";
import { releaseDownload } from "./download.ts";
import { releaseEdit } from "./edit.ts";
import { releaseList, releaseView } from "./view.ts";
import { releaseUpload } from "./upload.ts";

export const releaseGroup: GhGroup = {
  name: "release",
  about: "Work with releases",
  repoFlag: true,
  commands: [
    releaseCreate,
    releaseDelete,
    releaseDeleteAsset,
    releaseDownload,
    releaseEdit,
    releaseList,
    releaseUpload,
    releaseView,
  ],
};
