/**
 * `github` and `context` of actions/github-script, written in JavaScript for programs on QuickJS: a client of the forge's
 * REST API. Any operation is there through `github.request`; those of the table also by name.
 * https://github.com/octokit/plugin-rest-endpoint-methods.js
 */
const ENDPOINTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  issues: {
    get: "GET /repos/{owner}/{repo}/issues/{issue_number}",
    create: "POST /repos/{owner}/{repo}/issues",
    update: "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
    listForRepo: "GET /repos/{owner}/{repo}/issues",
    createComment: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    listComments: "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    getComment: "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
    updateComment: "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    deleteComment: "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
    addLabels: "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
    setLabels: "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels",
    removeLabel: "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
    listLabelsOnIssue: "GET /repos/{owner}/{repo}/issues/{issue_number}/labels",
    listLabelsForRepo: "GET /repos/{owner}/{repo}/labels",
    createLabel: "POST /repos/{owner}/{repo}/labels",
    addAssignees: "POST /repos/{owner}/{repo}/issues/{issue_number}/assignees",
    lock: "PUT /repos/{owner}/{repo}/issues/{issue_number}/lock",
  },
  pulls: {
    get: "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    list: "GET /repos/{owner}/{repo}/pulls",
    create: "POST /repos/{owner}/{repo}/pulls",
    update: "PATCH /repos/{owner}/{repo}/pulls/{pull_number}",
    listFiles: "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
    listCommits: "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
    listReviews: "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    createReview: "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    merge: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
    requestReviewers: "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  },
  repos: {
    get: "GET /repos/{owner}/{repo}",
    getContent: "GET /repos/{owner}/{repo}/contents/{path}",
    createOrUpdateFileContents: "PUT /repos/{owner}/{repo}/contents/{path}",
    deleteFile: "DELETE /repos/{owner}/{repo}/contents/{path}",
    getBranch: "GET /repos/{owner}/{repo}/branches/{branch}",
    listBranches: "GET /repos/{owner}/{repo}/branches",
    getCommit: "GET /repos/{owner}/{repo}/commits/{ref}",
    listCommits: "GET /repos/{owner}/{repo}/commits",
    compareCommitsWithBasehead: "GET /repos/{owner}/{repo}/compare/{basehead}",
    createCommitStatus: "POST /repos/{owner}/{repo}/statuses/{sha}",
    listCommitStatusesForRef: "GET /repos/{owner}/{repo}/commits/{ref}/statuses",
    createRelease: "POST /repos/{owner}/{repo}/releases",
    getReleaseByTag: "GET /repos/{owner}/{repo}/releases/tags/{tag}",
    getLatestRelease: "GET /repos/{owner}/{repo}/releases/latest",
    listReleases: "GET /repos/{owner}/{repo}/releases",
    updateRelease: "PATCH /repos/{owner}/{repo}/releases/{release_id}",
    createDispatchEvent: "POST /repos/{owner}/{repo}/dispatches",
    getCollaboratorPermissionLevel: "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    createDeployment: "POST /repos/{owner}/{repo}/deployments",
    createDeploymentStatus: "POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
  },
  actions: {
    listWorkflowRunsForRepo: "GET /repos/{owner}/{repo}/actions/runs",
    listWorkflowRuns: "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
    getWorkflowRun: "GET /repos/{owner}/{repo}/actions/runs/{run_id}",
    cancelWorkflowRun: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel",
    reRunWorkflow: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun",
    deleteWorkflowRun: "DELETE /repos/{owner}/{repo}/actions/runs/{run_id}",
    deleteWorkflowRunLogs: "DELETE /repos/{owner}/{repo}/actions/runs/{run_id}/logs",
    listJobsForWorkflowRun: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
    listWorkflowRunArtifacts: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts",
    listArtifactsForRepo: "GET /repos/{owner}/{repo}/actions/artifacts",
    downloadArtifact: "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
    deleteArtifact: "DELETE /repos/{owner}/{repo}/actions/artifacts/{artifact_id}",
    createWorkflowDispatch: "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
    listRepoSecrets: "GET /repos/{owner}/{repo}/actions/secrets",
    listRepoVariables: "GET /repos/{owner}/{repo}/actions/variables",
    getActionsCacheList: "GET /repos/{owner}/{repo}/actions/caches",
    deleteActionsCacheByKey: "DELETE /repos/{owner}/{repo}/actions/caches",
    deleteActionsCacheById: "DELETE /repos/{owner}/{repo}/actions/caches/{cache_id}",
  },
  checks: {
    create: "POST /repos/{owner}/{repo}/check-runs",
    update: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
    get: "GET /repos/{owner}/{repo}/check-runs/{check_run_id}",
    listForRef: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
  },
  git: {
    getRef: "GET /repos/{owner}/{repo}/git/ref/{ref}",
    createRef: "POST /repos/{owner}/{repo}/git/refs",
    updateRef: "PATCH /repos/{owner}/{repo}/git/refs/{ref}",
    deleteRef: "DELETE /repos/{owner}/{repo}/git/refs/{ref}",
    getCommit: "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
    getTag: "GET /repos/{owner}/{repo}/git/tags/{tag_sha}",
    getTree: "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
    getBlob: "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
  },
  users: {
    getAuthenticated: "GET /user",
    getByUsername: "GET /users/{username}",
  },
};

export const OCTOKIT = `(function () { const ENDPOINTS = ${JSON.stringify(ENDPOINTS)};${String.raw`
  class RequestError extends Error {
    constructor(message, status, response) { super(message); this.name = "HttpError"; this.status = status; this.response = response; }
  }
  function client(baseUrl, token) {
    async function request(route, parameters = {}) {
      const options = typeof route === "string" ? { ...parameters } : { ...route };
      const whole = typeof route === "string" ? route : (route.method ?? "GET") + " " + route.url;
      const [, method, template] = /^([A-Z]+)\s+(\S+)$/.exec(whole) ?? [null, "GET", whole];
      for (const name of ["method", "url", "baseUrl", "mediaType", "request"]) delete options[name];
      const headers = { accept: "application/vnd.github+json", "user-agent": "actions/github-script", ...(token ? { authorization: "token " + token } : {}), ...options.headers };
      delete options.headers;
      const path = template.replace(/[{:](\w+)}?/g, (found, name) => {
        if (found.startsWith(":") && !(name in options)) return found;
        const value = options[name];
        delete options[name];
        const keepsSlashes = name === "path" || name === "ref" || name === "basehead";
        return keepsSlashes ? String(value).split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);
      });
      let url = /^https?:/.test(path) ? path : baseUrl + path;
      const body = options.data ?? options;
      let init = { method, headers };
      if (method === "GET" || method === "HEAD" || (method === "DELETE" && template.endsWith("/caches"))) {
        const query = new URLSearchParams(Object.entries(options).filter(([, value]) => value !== undefined)).toString();
        if (query) url += (url.includes("?") ? "&" : "?") + query;
      } else if (Object.keys(body).length > 0 || Array.isArray(body)) {
        init = { ...init, headers: { ...headers, "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
      }
      const answer = await fetch(url, init);
      const type = answer.headers.get("content-type") ?? "";
      const data = answer.status === 204 || answer.status === 205 ? undefined : type.includes("json") ? await answer.json() : type.startsWith("text/") ? await answer.text() : await answer.arrayBuffer();
      const response = { status: answer.status, url, headers: Object.fromEntries(answer.headers), data };
      if (answer.status >= 400) throw new RequestError((data?.message ?? "Unknown error") + (data?.documentation_url ? " - " + data.documentation_url : ""), answer.status, response);
      return response;
    }
    const rest = {};
    for (const [space, methods] of Object.entries(ENDPOINTS)) {
      rest[space] = new Proxy(Object.fromEntries(Object.entries(methods).map(([name, route]) => [name, Object.assign((parameters) => request(route, parameters), { route })])), {
        get: (methods, name) => methods[name] ?? (typeof name === "string" ? () => { throw new Error("github.rest." + space + "." + name + ": not simulated in LeakLab; github.request(\"METHOD /path\") sends any request"); } : undefined),
      });
    }
    async function paginate(route, parameters = {}, map) {
      const found = [];
      for (let page = 1; page <= 100; page++) {
        const given = { per_page: 100, ...parameters, page };
        const response = await (typeof route === "function" ? route(given) : request(route, given));
        const list = Array.isArray(response.data) ? response.data : Object.values(response.data).find(Array.isArray) ?? [];
        found.push(...(map ? map({ ...response, data: list }, () => { page = 101; }) : list));
        if (!/rel="next"/.test(response.headers.link ?? "")) break;
      }
      return found;
    }
    paginate.iterator = async function* (route, parameters = {}) {
      for (let page = 1; page <= 100; page++) {
        const given = { per_page: 100, ...parameters, page };
        const response = await (typeof route === "function" ? route(given) : request(route, given));
        yield Array.isArray(response.data) ? response : { ...response, data: Object.values(response.data).find(Array.isArray) ?? [] };
        if (!/rel="next"/.test(response.headers.link ?? "")) break;
      }
    };
    const graphql = async () => { throw new Error("GraphQL: not simulated in LeakLab"); };
    return { request, rest, ...rest, paginate, graphql, log: { debug() {}, info: console.log, warn: console.warn, error: console.error } };
  }
  function contextOf() {
    const { env } = process, fs = require("node:fs");
    const payload = env.GITHUB_EVENT_PATH && fs.existsSync(env.GITHUB_EVENT_PATH) ? JSON.parse(fs.readFileSync(env.GITHUB_EVENT_PATH, "utf8")) : {};
    const [owner = "", repo = ""] = (env.GITHUB_REPOSITORY ?? "").split("/");
    return {
      payload, eventName: env.GITHUB_EVENT_NAME, sha: env.GITHUB_SHA, ref: env.GITHUB_REF, workflow: env.GITHUB_WORKFLOW, action: env.GITHUB_ACTION, actor: env.GITHUB_ACTOR, job: env.GITHUB_JOB,
      runAttempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1), runNumber: Number(env.GITHUB_RUN_NUMBER), runId: Number(env.GITHUB_RUN_ID),
      apiUrl: env.GITHUB_API_URL, serverUrl: env.GITHUB_SERVER_URL, graphqlUrl: env.GITHUB_GRAPHQL_URL,
      repo: { owner, repo },
      issue: { owner, repo, number: (payload.issue ?? payload.pull_request ?? payload).number },
    };
  }
  Object.defineProperty(global, "__octokit", { value: { client, contextOf }, configurable: true, enumerable: false });
})();`}`;
