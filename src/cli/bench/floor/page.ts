/** The least page: a worker, and its first output as text. */
const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
worker.onmessage = ({ data }: MessageEvent<string>) => {
  (document.getElementById("out") as HTMLElement).textContent = data;
};
